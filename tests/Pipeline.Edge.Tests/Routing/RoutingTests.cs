using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Tests.Forwarding;

namespace Pipeline.Edge.Tests.Routing;

public sealed class RoutingTests
{
    [Fact]
    public async Task Requests_are_split_by_weight_exactly_and_evenly()
    {
        await using var blue = await TestInstance.StartAsync("blue");
        await using var green = await TestInstance.StartAsync("green");
        await using var edge = await EdgeStage.StartAsync();
        await edge.ApplyAsync(
            EdgeStage.Side(Colour.Blue, EdgeStage.Release, 75, blue.Address), EdgeStage.Side(Colour.Green, EdgeStage.OtherRelease, 25, green.Address));

        var order = new List<string>();
        for (var request = 0; request < 40; request++)
            order.Add((await edge.Client.GetFromJsonAsync<Echo>(edge.Url, TestContext.Current.CancellationToken))!.Instance);

        Assert.All(order.Chunk(4), turns => Assert.Equal(1, turns.Count(instance => instance == "green")));
        var status = await edge.StatusAsync();
        Assert.Equal([30, 10], status.Backends.Select(backend => backend.Traffic.Requests));
        Assert.Equal([30, 10], status.Backends.Select(backend => backend.Traffic.Latency.Count));
    }

    [Fact]
    public async Task Counting_goes_on_when_only_weights_change()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        await edge.Client.GetStringAsync(edge.Url, TestContext.Current.CancellationToken);
        var before = (await edge.StatusAsync()).Backends[0].Traffic;

        await edge.ApplyAsync(EdgeStage.Side(Colour.Blue, EdgeStage.Release, 0, instance.Address));
        var after = (await edge.StatusAsync()).Backends[0].Traffic;

        Assert.Equal((before.Since, 1), (after.Since, after.Requests));
    }

    [Fact]
    public async Task An_edge_without_routes_says_so()
    {
        await using var edge = await EdgeStage.StartAsync();

        using var response = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("edge: nothing is routed\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_older_token_is_refused_with_both_numbers()
    {
        await using var edge = await EdgeStage.StartAsync();
        var cancellation = TestContext.Current.CancellationToken;
        await edge.Control.ApplyAsync(EdgeRoutes.None, new FencingToken(7), cancellation);
        await edge.Control.ApplyAsync(EdgeRoutes.None, new FencingToken(7), cancellation);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => edge.Control.ApplyAsync(EdgeRoutes.None, new FencingToken(6), cancellation));

        Assert.Equal(
            "edge of testing: the fencing token 6 is older than 7, the last one accepted; somebody else deploys here since, so take the lock again",
            refusal.Message);
        Assert.Equal(7, (await edge.StatusAsync()).Fence);
    }

    [Fact]
    public async Task All_faults_of_routes_are_named_at_once_and_nothing_changes()
    {
        await using var edge = await EdgeStage.StartAsync();

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => edge.ApplyAsync(
            EdgeStage.Side(Colour.Blue, EdgeStage.Release, 50), EdgeStage.Side(Colour.Green, EdgeStage.Release, 20, new Uri("ftp://127.0.0.1:2121"))));

        Assert.Equal(
            "edge of testing: backend blue: weight is 50 but there is no destination; add one or set the weight to 0; "
            + "backend green: the address of green-1 is 'ftp://127.0.0.1:2121'; write scheme, host and port: http://127.0.0.1:41234; "
            + "routes: the weights add up to 70; they must add up to 100, or to 0 when nothing is routed",
            refusal.Message);
        Assert.Empty((await edge.StatusAsync()).Backends);
    }

    [Fact]
    public async Task The_private_route_reaches_a_side_without_weight_and_is_not_counted()
    {
        await using var blue = await TestInstance.StartAsync("blue");
        await using var green = await TestInstance.StartAsync("green");
        await using var edge = await EdgeStage.StartAsync();
        await edge.ApplyAsync(
            EdgeStage.Side(Colour.Blue, EdgeStage.Release, 100, blue.Address), EdgeStage.Side(Colour.Green, EdgeStage.OtherRelease, 0, green.Address));
        using var client = PrivateClient(edge.Control.PrivateRouteTo(Colour.Green));
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.Url);
        request.Headers.Add("Pipeline-Backend", "green");

        var privately = await client.GetFromJsonAsync<Echo>("/", TestContext.Current.CancellationToken);
        using var publicly = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("green", privately!.Instance);
        Assert.Null(privately.Header("Pipeline-Backend"));
        Assert.Equal("blue", (await publicly.Content.ReadFromJsonAsync<Echo>(TestContext.Current.CancellationToken))!.Instance);
        Assert.Equal(0, (await edge.StatusAsync()).Backends[1].Traffic.Requests);
    }

    [Fact]
    public async Task An_unready_instance_gets_no_traffic_until_it_is_ready_again()
    {
        await using var one = await TestInstance.StartAsync("one");
        await using var two = await TestInstance.StartAsync("two");
        await using var edge = await EdgeStage.StartAsync("--probe-interval", "50ms", "--unhealthy-threshold", "2");
        await edge.RouteAsync(one.Address, two.Address);

        two.ReadyStatus = 503;
        await Eventually.HoldsAsync(async () => !(await edge.StatusAsync()).Backends[0].Destinations[1].Healthy, "the instance is unhealthy");
        var asked = two.Requests;
        for (var request = 0; request < 6; request++)
            await edge.Client.GetStringAsync(edge.Url, TestContext.Current.CancellationToken);
        var askedWhileUnready = two.Requests - asked;
        two.ReadyStatus = 200;
        await Eventually.HoldsAsync(async () => (await edge.StatusAsync()).Backends[0].Destinations[1].Healthy, "the instance is healthy again");

        Assert.Equal(0, askedWhileUnready);
        Assert.StartsWith("200 in ", (await edge.StatusAsync()).Backends[0].Destinations[1].LastProbe, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_ends_what_is_left_on_a_side_without_weight_and_says_how_much_that_was()
    {
        await using var blue = await TestInstance.StartAsync("blue", StreamingTests.EchoSocketAsync);
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(blue.Address);
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{edge.Public}/"), cancellation);
        await edge.ApplyAsync(EdgeStage.Side(Colour.Blue, EdgeStage.Release, 0, blue.Address));

        var left = await edge.Control.DrainAsync(Colour.Blue, TimeSpan.FromMilliseconds(100), cancellation);

        Assert.Equal(1, left);
        await Eventually.HoldsAsync(async () => (await edge.StatusAsync()).Backends[0].InFlight == 0, "the WebSocket is ended");
        await Assert.ThrowsAnyAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[10], cancellation));
    }

    [Fact]
    public async Task Held_requests_wait_and_are_then_answered()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync("--max-held", "1");
        await edge.RouteAsync(instance.Address);
        var cancellation = TestContext.Current.CancellationToken;
        await edge.Control.HoldAsync(TimeSpan.FromSeconds(20), new FencingToken(9), cancellation);

        var requests = new[] { edge.Client.GetAsync(edge.Url, cancellation), edge.Client.GetAsync(edge.Url, cancellation) };
        var withoutPlace = await Task.WhenAny(requests);
        var askedWhileHeld = instance.Requests;
        await edge.Control.ReleaseAsync(new FencingToken(9), cancellation);
        var answers = await Task.WhenAll(requests);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await withoutPlace).StatusCode);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(0, askedWhileHeld);
    }

    [Fact]
    public async Task A_hold_ends_by_itself()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        await edge.Control.HoldAsync(TimeSpan.FromMilliseconds(200), new FencingToken(9), TestContext.Current.CancellationToken);

        using var answer = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private static HttpClient PrivateClient(PrivateRoute route)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(route.SocketPath), cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://edge"),
        };
        client.DefaultRequestHeaders.Add(route.HeaderName, route.Colour.Name());
        return client;
    }
}
