using Shop.Api;
using Shop.Database;
using Shop.Web.Markup;
using Shop.Web.Pages;

namespace Shop.Hosting.Requests;

/// <summary>
/// Turns failures into answers: a page for browsers, a problem document (<see href="https://www.rfc-editor.org/rfc/rfc9457"/>) for the
/// API. A database that is away for the moment is 503 and says when to come back; nobody is shown a stack trace.
/// </summary>
internal sealed class FriendlyErrors(RequestDelegate next, ILogger<FriendlyErrors> log)
{
    private const string AMoment = "2";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer; the status is for the metrics, as nginx counts it.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
#pragma warning disable CA1031 // The boundary of a request.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, StatusOf(context, failure), failure is BadHttpRequestException bad ? bad.Message : null);
            return;
        }
        if (!context.Response.HasStarted && IsBare(context.Response))
            await AnswerAsync(context, context.Response.StatusCode, message: null);
    }

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest && response.ContentType is null && response.ContentLength is null;

    private int StatusOf(HttpContext context, Exception failure)
    {
        if (failure is BadHttpRequestException bad)
            return bad.StatusCode;
        if (DatabaseFailure.IsTemporary(failure) || failure is OperationCanceledException)
        {
            log.LogWarning("{Method} {Path}: away for the moment ({Reason})", context.Request.Method, context.Request.Path, failure.Message);
            return StatusCodes.Status503ServiceUnavailable;
        }
        log.LogError(failure, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return StatusCodes.Status500InternalServerError;
    }

    private static async Task AnswerAsync(HttpContext context, int status, string? message)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = AMoment;
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            await ApiProblem.Of(status, [message ?? ErrorPage.Explain(status)]).ExecuteAsync(context);
        else
            await new Page(status, ErrorPage.View(status, message)).ExecuteAsync(context);
    }
}
