using Shop.Web.Markup;

namespace Shop.Web.Pages;

/// <summary>What visitors see instead of a failure. It asks nobody anything, so that it can always be shown.</summary>
internal static class ErrorPage
{
    public static Html View(int status, string? message) => Layout.Bare(Title(status), Html.Of($"""
        <section class="wide narrow center"><p class="eyebrow">{status}</p><h1>{Title(status)}</h1>
        <p class="lead">{message ?? Explain(status)}</p><p><a class="button" href="/">To the shop</a></p></section>
        """));

    public static string Explain(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that kind of request.",
        StatusCodes.Status503ServiceUnavailable => "The shop is back in a moment. Please try again; an order is never charged twice.",
        >= StatusCodes.Status500InternalServerError => "Something went wrong on our side. We have been told.",
        _ => "This request cannot be answered as it is.",
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not on these shelves",
        StatusCodes.Status403Forbidden => "That did not work",
        StatusCodes.Status503ServiceUnavailable => "A short interval",
        >= StatusCodes.Status500InternalServerError => "A line was dropped",
        _ => "That did not work",
    };
}
