using Pipeline.Sandbox.Arguments;
using Pipeline.Sandbox.Mail;
using Pipeline.Sandbox.Mail.Mime;
using Pipeline.Sandbox.Payments;

namespace Pipeline.Sandbox.Inbox;

/// <summary>The pages for people.</summary>
internal sealed class InboxEndpoints(MailStore mails, ChargeStore charges, SandboxOptions options)
{
    /// <summary>Mails come from anywhere: nothing in them may run, load or ask.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context) => Page(context, InboxPage.Render(mails.All(), charges.All(), options.Mode)));
        routes.MapGet("/inbox/{id:int}", (HttpContext context, int id) => mails.Find(id) is var (mail, message)
            ? Page(context, MailPage.Render(mail, MailContent.Read(message)))
            : Page(context, MailPage.RenderMissing(id), StatusCodes.Status404NotFound));
    }

    private static IResult Page(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "no-store";
        return Results.Text(html, "text/html; charset=utf-8", statusCode: status);
    }
}
