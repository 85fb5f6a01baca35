using Shop.Configuration;
using Shop.Metrics;

namespace Shop.Hosting;

/// <summary>What operators and their machines ask.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        // Alive: never touches the database, or a database that restarts would have every instance killed.
        routes.MapGet("/health", () => TypedResults.Text("alive\n"));
        routes.MapGet("/ready", ReadyAsync);
        routes.MapGet("/version", (ShopSettings settings) => TypedResults.Ok(settings.Build));
        routes.MapGet("/metrics", (ShopMetrics metrics) => TypedResults.Text(metrics.Write(), MetricsText.ContentType));
        routes.MapGet("/robots.txt", (ShopSettings settings) => TypedResults.Text(
            settings.Environment == ShopEnvironment.Production
                ? "User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders\nDisallow: /login\n"
                : "User-agent: *\nDisallow: /\n"));
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellation)
    {
        var report = await readiness.LookAsync(cancellation);
        return TypedResults.Json(
            report, Api.ApiJson.Default.ReadinessReport,
            statusCode: report.IsReady() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
