using System.Globalization;
using Shop.Accounts;
using Shop.Web.Forms;
using Shop.Web.Markup;
using Shop.Web.Pages;
using Shop.Web.Visits;

namespace Shop.Web.Endpoints;

/// <summary>In and out.</summary>
internal static class LoginEndpoints
{
    private const string Home = "/";

    public static async Task<IResult> ShowLoginAsync(HttpContext context, VisitReader visits) =>
        new Page(LoginPage.View(await visits.ReadAsync(context), "", ReturnPath(context), []));

    public static async Task<IResult> LogInAsync(HttpContext context, SessionCookie cookie, LoginDesk desk, VisitReader visits)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        var email = form.Text("email");
        var next = LocalPath.Or(form.Text("return"), Home);
        switch (await desk.LogInAsync(email, form.Secret("password"), ClientAddress.Of(context), form.Session, context.RequestAborted))
        {
            case LoginOutcome.In entered:
                cookie.Write(context, entered.Session);
                return new SeeOther(next);
            case LoginOutcome.Closed closed:
                context.Response.Headers.RetryAfter = closed.Rest.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                return new Page(StatusCodes.Status429TooManyRequests, LoginPage.View(
                    await visits.ReadAsync(context), email, next, [$"Too many attempts. Please try again in {Math.Ceiling(closed.Rest.TotalMinutes)} min."]));
            default:
                return new Page(StatusCodes.Status401Unauthorized, LoginPage.View(
                    await visits.ReadAsync(context), email, next, ["E-mail or password is wrong."]));
        }
    }

    public static async Task<IResult> ShowRegisterAsync(HttpContext context, VisitReader visits) =>
        new Page(RegisterPage.View(await visits.ReadAsync(context), "", ReturnPath(context), []));

    public static async Task<IResult> RegisterAsync(HttpContext context, SessionCookie cookie, LoginDesk desk, VisitReader visits)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        var email = form.Text("email");
        var next = LocalPath.Or(form.Text("return"), Home);
        var faults = CredentialRules.Faults(email, form.Secret("password"));
        if (faults.Count == 0)
        {
            if (await desk.RegisterAsync(email, form.Secret("password"), form.Session, context.RequestAborted) is { } session)
            {
                cookie.Write(context, session);
                return new SeeOther(next);
            }
            faults = ["There is an account with this e-mail already; please log in."];
        }
        return new Page(StatusCodes.Status422UnprocessableEntity, RegisterPage.View(await visits.ReadAsync(context), email, next, faults));
    }

    public static async Task<IResult> LogOutAsync(HttpContext context, SessionCookie cookie, LoginDesk desk)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        if (form.Session is not null)
            await desk.LogOutAsync(form.Session, context.RequestAborted);
        cookie.Clear(context);
        return new SeeOther(Home);
    }

    private static string ReturnPath(HttpContext context) => LocalPath.Or(context.Request.Query["return"], Home);
}
