using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed partial class Operating(Stage stage)
{
    [Fact]
    public async Task The_version_comes_from_the_image_and_the_digest_from_the_engine()
    {
        await using var scene = await stage.OpenAsync(
            ("PIPELINE_VERSION", "1.2.3"), ("PIPELINE_COMMIT", "0123abc"), ("PIPELINE_DIGEST", "sha256:feed"));
        using var version = JsonDocument.Parse(await scene.Shop.TextAsync("/version"));
        Assert.Equal("""{"version":"1.2.3","commit":"0123abc","digest":"sha256:feed"}""", version.RootElement.GetRawText());
    }

    [Fact]
    public async Task A_shop_outside_of_an_image_says_so()
    {
        var scene = await stage.SharedAsync();
        Assert.Equal("""{"version":"development","commit":"development","digest":"development"}""", await scene.Shop.TextAsync("/version"));
    }

    [Fact]
    public async Task Not_ready_names_the_migrations_that_are_missing()
    {
        var postgres = await stage.PostgresAsync();
        var database = await postgres.CreateEmptyDatabaseAsync();
        await using var shop = ShopForTests.Start(ShopForTests.Variables(postgres.Url(database), await stage.SandboxAsync()));
        await Pipeline.Testing.Eventually.HoldsAsync(async () => await shop.StatusAsync("/health") == HttpStatusCode.OK, "the shop is alive");
        using (var response = await shop.GetAsync("/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(Missing(ShopMigrations.Ids), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        await ShopMigrations.ApplyAsync(postgres.ConnectionString(database), ShopMigrations.Ids.Count - 1);
        using (var response = await shop.GetAsync("/ready"))
            Assert.Equal(Missing([ShopMigrations.Ids[^1]]), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await ShopMigrations.ApplyAsync(postgres.ConnectionString(database));
        await shop.IsReadyAsync();
    }

    [Fact]
    public async Task The_database_is_never_migrated_by_the_shop()
    {
        var postgres = await stage.PostgresAsync();
        var database = await postgres.CreateEmptyDatabaseAsync();
        await using (var shop = ShopForTests.Start(ShopForTests.Variables(postgres.Url(database), await stage.SandboxAsync())))
            await Pipeline.Testing.Eventually.HoldsAsync(async () => await shop.StatusAsync("/ready") == HttpStatusCode.ServiceUnavailable, "the shop looks for its migrations");
        Assert.Equal(0, await postgres.AskAsync<long>(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Metrics_are_in_the_text_format_of_Prometheus()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var bought = await visitor.CheckOutAsync(await scene.StockAsync(1, priceCents: 1234));
        using var wrong = await visitor.LogInAsync(visitor.Email, "not the password");
        using var lost = await visitor.GetAsync("/no/such/page");
        using var response = await scene.Shop.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        foreach (var sample in (string[])[
            "shop_build_info{version=\"development\",commit=\"development\",digest=\"development\"} 1",
            "shop_http_requests_total{method=\"POST\",route=\"/api/checkout\",status=\"201\"}",
            "shop_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"}",
            "shop_http_request_duration_seconds_bucket{method=\"POST\",route=\"/api/checkout\",le=\"+Inf\"}",
            "shop_http_request_duration_seconds_count{method=\"POST\",route=\"/api/checkout\"}",
            "shop_http_requests_in_flight ", "shop_orders_total{test=\"false\"}", "shop_revenue_cents_total{currency=\"EUR\",test=\"false\"}",
            "shop_payments_failed_total{reason=\"refused\"}", "shop_outbox_pending", "shop_login_failures_total", "process_resident_memory_bytes",
            "process_cpu_seconds_total", "dotnet_gc_collections_total"])
            Assert.Contains($"\n{sample}", text, StringComparison.Ordinal);
        // A request counts until its answer has left, a moment after its client has it.
        await Pipeline.Testing.Eventually.HoldsAsync(
            async () => (await scene.Shop.TextAsync("/metrics")).Contains("\nshop_http_requests_in_flight 1\n", StringComparison.Ordinal), "the request for the metrics is the only one in flight");
    }

    [Fact]
    public async Task The_orders_of_the_smoke_account_are_test_orders_and_leave_the_stock_as_it_was()
    {
        await using var scene = await stage.OpenAsync();
        var product = await scene.StockAsync(3);
        using var smoke = new Visitor(scene.Shop.Address);
        using var entered = await smoke.LogInAsync(ShopForTests.SmokeUser, ShopForTests.SmokePassword);
        using var bought = await smoke.CheckOutAsync(product, 2);
        Assert.Equal(HttpStatusCode.Created, bought.StatusCode);
        Assert.True(Assert.Single(await smoke.OrdersAsync()).GetProperty("test").GetBoolean());
        Assert.Equal(3, await scene.StockOfAsync(product));
        Assert.Contains("shop_revenue_cents_total{currency=\"EUR\",test=\"true\"} 2000", await scene.Shop.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        var scene = await stage.SharedAsync();
        await using var second = new ChildProgram("Shop.dll", new Dictionary<string, string>(scene.Variables) { ["PORT"] = $"{scene.Shop.Port}" });
        Assert.Equal(1, await second.ExitAsync());
        Assert.Equal(
            $"shop: Failed to bind to address http://127.0.0.1:{scene.Shop.Port}: address already in use. Give another PORT, or stop what listens there.",
            second.Errors);
    }

    [Fact]
    public async Task Staging_is_hidden_from_search_engines_and_production_is_not()
    {
        await using var staging = await stage.OpenAsync(("SHOP_ENVIRONMENT", "staging"));
        await using var production = await stage.OpenAsync(("SHOP_ENVIRONMENT", "production"), ("SHOP_PAYMENT_MODE", "test"));
        using var rehearsal = await staging.Shop.GetAsync("/");
        using var show = await production.Shop.GetAsync("/");
        Assert.Equal("noindex, nofollow", Assert.Single(rehearsal.Headers.GetValues("X-Robots-Tag")));
        Assert.False(show.Headers.Contains("X-Robots-Tag"));
        Assert.Equal("User-agent: *\nDisallow: /\n", await staging.Shop.TextAsync("/robots.txt"));
        Assert.DoesNotContain("Disallow: /\n", await production.Shop.TextAsync("/robots.txt"), StringComparison.Ordinal);
    }

    private static string Missing(IEnumerable<string> ids) =>
        $$"""{"status":"migrations are missing","missing":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""";

    [GeneratedRegex("""^(# HELP [a-z_]+ .+|# TYPE [a-z_]+ (counter|gauge|histogram)|[a-z_]+(\{([a-z]+="([^"\\]|\\["\\n])*",?)+\})? [0-9.E+-]+)$""")]
    private static partial Regex Line();
}
