namespace Pipeline.Edge.Tests.Forwarding;

public sealed class HeaderTests(ForwardingStage stage) : IClassFixture<ForwardingStage>
{
    [Fact]
    public async Task An_answer_names_the_release_that_gave_it()
    {
        using var response = await stage.Edge.Client.GetAsync(stage.Edge.Url, TestContext.Current.CancellationToken);

        Assert.Equal([EdgeStage.Release.Value], response.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task A_client_cannot_say_which_release_or_side_it_asks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, stage.Edge.Url);
        request.Headers.Add("Pipeline-Release", "sha256:forged");
        request.Headers.Add("Pipeline-Backend", "green");

        var echo = await stage.EchoAsync(request);

        Assert.Null(echo.Header("Pipeline-Release"));
        Assert.Null(echo.Header("Pipeline-Backend"));
    }

    [Fact]
    public async Task What_an_untrusted_client_says_of_its_way_is_replaced()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, stage.Edge.Url);
        request.Headers.Host = "shop.example";
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("Forwarded", "for=6.6.6.6");
        request.Headers.Add("X-Real-IP", "6.6.6.6");

        var echo = await stage.EchoAsync(request);

        Assert.Equal("127.0.0.1", echo.Header("X-Forwarded-For"));
        Assert.Equal("http", echo.Header("X-Forwarded-Proto"));
        Assert.Equal("shop.example", echo.Header("X-Forwarded-Host"));
        Assert.Equal("shop.example", echo.Header("Host"));
        Assert.Null(echo.Header("Forwarded"));
        Assert.Null(echo.Header("X-Real-IP"));
        Assert.Equal("1.1 pipeline-edge", echo.Header("Via"));
    }

    [Fact]
    public async Task What_a_trusted_proxy_says_is_kept_and_added_to()
    {
        await using var edge = await EdgeStage.StartAsync("--trusted-proxies", "10.0.0.0/8,127.0.0.1");
        await edge.RouteAsync(stage.Instance.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.Url);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "shop.example");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var echo = await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<Echo>(response.Content, TestContext.Current.CancellationToken);

        Assert.Equal("203.0.113.7, 127.0.0.1", echo!.Header("X-Forwarded-For")!.Replace(",127", ", 127", StringComparison.Ordinal));
        Assert.Equal("https", echo.Header("X-Forwarded-Proto"));
        Assert.Equal("shop.example", echo.Header("X-Forwarded-Host"));
    }

    [Fact]
    public async Task Fields_of_one_connection_do_not_reach_the_instance()
    {
        var echo = await stage.EchoRawAsync(
            "GET / HTTP/1.0\r\nHost: a\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: close\r\n"
            + "Proxy-Authorization: Basic abc\r\nTE: gzip\r\n\r\n");

        Assert.All(["X-Private", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE", "Connection"], name => Assert.Null(echo.Header(name)));
    }

    [Fact]
    public async Task Fields_of_one_connection_do_not_reach_the_client()
    {
        using var instance = RawInstance.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\nX-Kept: yes\r\n"
            + "Pipeline-Release: forged\r\n\r\nok");
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        using var response = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.All(["X-Private", "Keep-Alive", "Proxy-Connection"], name => Assert.False(response.Headers.Contains(name), name));
        Assert.Equal(["yes"], response.Headers.GetValues("X-Kept"));
        Assert.Equal([EdgeStage.Release.Value], response.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task Header_bytes_above_ASCII_pass_as_they_are()
    {
        var echo = await stage.EchoRawAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Name: M\u00c3\u00bcller\r\n\r\n");

        Assert.Equal("Müller", echo.Header("X-Name"));
    }

    [Theory]
    [InlineData("/a/../b%2fc/./d//e?x=%41&y=a+b#")]
    [InlineData("/%2e%2e/%ff%c3")]
    [InlineData("/a;b=c/[x]|\"{}?q=^`")]
    public async Task A_request_target_passes_as_it_was_received(string target)
    {
        var echo = await stage.EchoRawAsync($"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal(target, echo.Target);
    }

    [Fact]
    public async Task A_target_in_absolute_form_is_handed_on_in_origin_form()
    {
        var echo = await stage.EchoRawAsync("GET http://a?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal("/?x=1", echo.Target);
        Assert.Equal("a", echo.Header("Host"));
    }
}
