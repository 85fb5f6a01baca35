using System.Globalization;
using System.Net;
using Pipeline.Testing;
using Shop.Tests.Parts;

namespace Shop.Tests.Buying;

public sealed class PaymentTrouble(Stage stage)
{
    private const int NobodyListens = 1;

    [Fact]
    public async Task An_unreachable_gateway_is_503_with_everything_as_it_was()
    {
        await using var scene = await stage.OpenAsync(("SHOP_PAYMENT_URL", $"http://127.0.0.1:{NobodyListens}"));
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(1);
        using var byApi = await visitor.CheckOutAsync(product);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, byApi.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), byApi.Headers.RetryAfter!.Delta);
        await visitor.AddAsync(product);
        using var byPage = await visitor.PressBuyAsync(Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, byPage.StatusCode);
        Assert.Contains("Nothing was charged", await byPage.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("<b id=\"cart-count\">1</b>", await visitor.PageAsync("/cart"), StringComparison.Ordinal);
        Assert.Equal(1, await scene.StockOfAsync(product));
        Assert.Empty(await visitor.OrdersAsync());
        Assert.Contains("shop_payments_failed_total{reason=\"unreachable\"} 2", await scene.Shop.TextAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_charged_once()
    {
        await using var line = new LossyGateway((await stage.SandboxAsync()).HttpPort);
        await using var scene = await stage.OpenAsync(("SHOP_PAYMENT_URL", $"http://127.0.0.1:{line.Port}"));
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        line.LoseAnswers(1);
        using var response = await visitor.CheckOutAsync(await scene.StockAsync(1));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Single(await scene.ChargesOfAsync(await scene.AskAsync<long>("SELECT number FROM orders")));
    }

    [Fact]
    public async Task A_payment_that_nobody_confirmed_is_gone_on_with_and_charged_once()
    {
        await using var line = new LossyGateway((await stage.SandboxAsync()).HttpPort);
        await using var scene = await stage.OpenAsync(("SHOP_PAYMENT_URL", $"http://127.0.0.1:{line.Port}"));
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(1);
        var key = Guid.NewGuid().ToString();
        line.LoseAnswers(3);
        using var first = await visitor.CheckOutAsync(product, 1, key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal("pending", Assert.Single(await visitor.OrdersAsync()).GetProperty("status").GetString());
        Assert.Equal(0, await scene.StockOfAsync(product));

        await scene.RunAsync("UPDATE orders SET attempted_at = now() - interval '1 hour'");
        await Eventually.HoldsAsync(
            async () => (await visitor.OrdersAsync())[0].GetProperty("status").GetString() == "paid", "the shop has gone on with the payment");
        Assert.Single(await scene.ChargesOfAsync(await scene.AskAsync<long>("SELECT number FROM orders")));
        using var second = await visitor.CheckOutAsync(product, 1, key);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(1, await scene.AskAsync<long>("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_shop_killed_while_it_charges_leaves_an_order_that_another_instance_ends()
    {
        await using var scene = await stage.OpenAsync(("SHOP_PAYMENT_URL", $"http://127.0.0.1:{NobodyListens}"));
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(1);
        var buying = visitor.CheckOutAsync(product);
        await Eventually.HoldsAsync(async () => await scene.StockOfAsync(product) == 0, "the order is open");
        Signal.Send(scene.Shop.Program.Id, Signal.Kill);
        await Assert.ThrowsAsync<HttpRequestException>(() => buying);

        await scene.RunAsync("UPDATE orders SET attempted_at = now() - interval '1 hour'");
        await using var heir = await ShopForTests.StartReadyAsync(
            ShopForTests.Variables(scene.Postgres.Url(scene.Database), scene.Sandbox));
        await Eventually.HoldsAsync(async () => await scene.AskAsync<string>("SELECT status FROM orders") == "paid", "another instance ended the order");
        Assert.Single(await scene.ChargesOfAsync(await scene.AskAsync<long>("SELECT number FROM orders")));
    }

    [Fact]
    public async Task Mail_waits_until_the_mail_server_is_back()
    {
        await using var outside = await SandboxForTests.StartAsync();
        await outside.StopAsync();
        await using var scene = await stage.OpenAsync(("SHOP_SMTP_PORT", outside.SmtpPort.ToString(CultureInfo.InvariantCulture)));
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var response = await visitor.CheckOutAsync(await scene.StockAsync(1));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await Eventually.HoldsAsync(async () => await scene.AskAsync<int>("SELECT attempts FROM outbox") > 0, "sending was tried");
        Assert.Contains($"127.0.0.1:{outside.SmtpPort}", await scene.AskAsync<string>("SELECT last_error FROM outbox"), StringComparison.Ordinal);
        Assert.Contains("shop_outbox_pending 1", await scene.Shop.TextAsync("/metrics"), StringComparison.Ordinal);
        await outside.RunAsync();
        await Eventually.HoldsAsync(async () => (await outside.MailsToAsync(visitor.Email)).Count == 1, "the mail is in the catcher");
    }
}
