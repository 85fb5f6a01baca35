using Shop.Configuration;
using Shop.Metrics;

namespace Shop.Hosting;

/// <summary>What operators and their machines ask.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        // Alive: never touches the database, or a database that restarts would have every instance killed.
        routes.MapRead("/health", () => TypedResults.Text("alive\n"));
        routes.MapRead("/ready", ReadyAsync);
        routes.MapRead("/version", (ShopSettings settings) => TypedResults.Ok(settings.Build));
        routes.MapRead("/metrics", (ShopMetrics metrics) => TypedResults.Text(metrics.Write(), MetricsText.ContentType));
        routes.MapRead("/robots.txt", (ShopSettings settings) => TypedResults.Text(
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
