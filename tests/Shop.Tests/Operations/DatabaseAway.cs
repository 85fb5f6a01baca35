using System.Net;
using Pipeline.Testing;
using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed class DatabaseAway(Stage stage)
{
    [Fact]
    public async Task A_killed_database_gives_a_friendly_503_and_is_found_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresForTests.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        await using var shop = await ShopForTests.StartReadyAsync(ShopForTests.Variables(postgres.Url(database), await stage.SandboxAsync()));
        using var visitor = await Visitor.RegisteredAsync(shop.Address);
        await visitor.AddAsync("first-night-mug", 2);

        await postgres.KillAsync();
        using (var page = await visitor.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), page.Headers.RetryAfter!.Delta);
            var text = await page.Content.ReadAsStringAsync(cancellation);
            Assert.Contains("A short interval", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Npgsql", text, StringComparison.Ordinal);
        }
        using (var answer = await visitor.GetAsync("/api/products"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
        Assert.Equal(HttpStatusCode.OK, await shop.StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await shop.StatusAsync("/ready"));

        await postgres.StartServerAsync();
        await shop.IsReadyAsync();
        Assert.Contains("<b id=\"cart-count\">2</b>", await visitor.PageAsync("/cart"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_by_ready()
    {
        var postgres = await stage.PostgresAsync();
        await using var shop = ShopForTests.Start(ShopForTests.Variables(postgres.Url("no_such_database"), await stage.SandboxAsync()));
        await Eventually.HoldsAsync(async () => await shop.StatusAsync("/health") == HttpStatusCode.OK, "the shop is alive");
        using var response = await shop.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(
            """{"status":"the database is unreachable: 3D000: database \u0022no_such_database\u0022 does not exist","missing":[]}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_visitor_who_comes_after_a_restart_of_the_database_notices_nothing()
    {
        await using var postgres = await PostgresForTests.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        await using var shop = await ShopForTests.StartReadyAsync(ShopForTests.Variables(postgres.Url(database), await stage.SandboxAsync()));
        using var visitor = await Visitor.RegisteredAsync(shop.Address);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.PageAsync("/")));
        await postgres.KillAsync();
        await postgres.StartServerAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.StatusAsync("/")));
        Assert.True(statuses.All(status => status == HttpStatusCode.OK), shop.Program.Output);
    }
}
