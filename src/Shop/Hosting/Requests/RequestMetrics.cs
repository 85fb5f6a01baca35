using Shop.Metrics;

namespace Shop.Hosting.Requests;

/// <summary>Counts requests and their time by the route's pattern, so that no visitor can invent labels.</summary>
internal sealed class RequestMetrics(RequestDelegate next, ShopMetrics metrics, TimeProvider time)
{
    private static readonly HashSet<string> KnownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        metrics.RequestBegan();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
            var method = KnownMethods.Contains(context.Request.Method) ? context.Request.Method : "other";
            metrics.RequestEnded(method, route, context.Response.StatusCode, time.GetElapsedTime(began));
        }
    }
}
