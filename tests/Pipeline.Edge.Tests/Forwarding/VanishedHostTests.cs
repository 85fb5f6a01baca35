using System.Net;

namespace Pipeline.Edge.Tests.Forwarding;

/// <summary>The host of an instance vanishes from the network while it has a request.</summary>
public sealed class VanishedHostTests
{
    // Far below the edge's activity time-out of 100 s, far above what it takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", HttpStatusCode.ServiceUnavailable)]
    [InlineData("POST", HttpStatusCode.BadGateway)]
    public async Task A_request_that_it_has_does_not_wait_for_the_activity_timeout(string method, HttpStatusCode status)
    {
        await using var stage = await SharedStage.CreateAsync();
        await using var instance = await TestInstance.StartAsync(
            "instance",
            async context =>
            {
                await stage.Space.CutAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            address: stage.Space.Outside);
        stage.StartDoor();
        stage.StartBehindDoor("run", "edge");
        await stage.ServesAsync("edge");
        await stage.RouteAsync(instance.Address);
        using var client = EdgeStage.NewClient();
        client.Timeout = Patience;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://{stage.Door}"));
        request.Content = method == "POST" ? new StringContent("order") : null;

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(status, answer.StatusCode);
    }
}
