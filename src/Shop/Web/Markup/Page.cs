using System.Text;

namespace Shop.Web.Markup;

/// <summary>An answer that is a page.</summary>
internal sealed class Page(int status, Html content) : IResult
{
    public Page(Html content)
        : this(StatusCodes.Status200OK, content)
    {
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(content.ToString());
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
