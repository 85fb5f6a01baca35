using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Testing;
using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed class Stopping(Stage stage)
{
    private const string Body = """{"email":"smoke@harbour.example","password":"the smoke of the shop"}""";

    [Fact]
    public async Task A_request_in_flight_is_finished_before_the_shop_ends()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var scene = await stage.OpenAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, scene.Shop.Port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/auth/login HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..20]}"), cancellation);
        await Eventually.HoldsAsync(
            async () => (await scene.Shop.TextAsync("/metrics")).Contains("shop_http_requests_in_flight 2", StringComparison.Ordinal), "the slow request is in flight");

        Signal.Send(scene.Shop.Program.Id, Signal.Terminate);
        await Eventually.HoldsAsync(async () => await scene.Shop.StatusAsync("/health") is null, "the shop accepts nobody any more");
        Assert.False(scene.Shop.Program.HasExited);

        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body[20..]), cancellation);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellation);
        Assert.Equal(0, await scene.Shop.Program.ExitAsync());
        Assert.True(answer.StartsWith("HTTP/1.1 200 OK", StringComparison.Ordinal), $"{answer}\n{scene.Shop.Program.Output}");
    }

    [Fact]
    public async Task A_balancer_can_see_the_end_coming()
    {
        await using var scene = await stage.OpenAsync(("SHOP_DRAIN_DELAY", "3s"));
        Signal.Send(scene.Shop.Program.Id, Signal.Terminate);
        await Eventually.HoldsAsync(async () => await scene.Shop.StatusAsync("/ready") != HttpStatusCode.OK, "the shop is not ready any more");
        using var ready = await scene.Shop.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"stopping","missing":[]}""", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, await scene.Shop.StatusAsync("/"));
        Assert.Equal(0, await scene.Shop.Program.ExitAsync());
    }

    [Fact]
    public async Task A_stopping_shop_sends_the_mail_that_is_due()
    {
        await using var scene = await stage.OpenAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var bought = await visitor.CheckOutAsync(await scene.StockAsync(1));
        Signal.Send(scene.Shop.Program.Id, Signal.Terminate);
        Assert.Equal(0, await scene.Shop.Program.ExitAsync());
        Assert.Equal(0, await scene.AskAsync<long>("SELECT count(*) FROM outbox WHERE sent_at IS NULL"));
        Assert.Single(await scene.Sandbox.MailsToAsync(visitor.Email));
    }
}
