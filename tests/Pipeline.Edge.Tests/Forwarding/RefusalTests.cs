namespace Pipeline.Edge.Tests.Forwarding;

public sealed class RefusalTests(ForwardingStage stage) : IClassFixture<ForwardingStage>
{
    [Theory]
    [InlineData("both lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("two different lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")]
    [InlineData("a length that is no number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3x\r\n\r\nabc")]
    [InlineData("chunked not last", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("an unknown transfer coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("a folded header", "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\n\r\n")]
    [InlineData("a bare line feed", "GET / HTTP/1.1\nHost: a\n\n")]
    [InlineData("a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\u00002\r\n\r\n")]
    [InlineData("no host", "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("another host in the target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("a target that is encoded wrongly", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("no target at all", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task A_request_that_two_servers_could_read_differently_is_refused(string what, string bytes)
    {
        var before = stage.Instance.Requests;

        var answer = await stage.Edge.SendRawAsync(bytes);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.True(before == stage.Instance.Requests, what);
    }

    [Fact]
    public async Task What_follows_a_refused_request_is_not_read_as_another_one()
    {
        var answer = await stage.Edge.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Fact]
    public async Task A_tunnel_is_refused()
    {
        var answer = await stage.Edge.SendRawAsync("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 501 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_with_a_sign_is_handed_on_without_it()
    {
        var answer = await stage.Edge.SendRawAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\nConnection: close\r\n\r\nabc");

        Assert.Contains("\"Content-Length\":\"3\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_above_their_limit_are_refused()
    {
        await using var edge = await EdgeStage.StartAsync("--max-header-size", "2k");
        await edge.RouteAsync(stage.Instance.Address);

        var answer = await edge.SendRawAsync($"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 3000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_above_its_limit_is_refused_and_does_not_count_against_the_release()
    {
        await using var edge = await EdgeStage.StartAsync("--max-body-size", "1k");
        await edge.RouteAsync(stage.Instance.Address);
        using var announced = new ByteArrayContent(new byte[2000]);
        var chunked = string.Concat(Enumerable.Repeat($"200\r\n{new string('x', 512)}\r\n", 4));

        using var first = await edge.Client.PostAsync(edge.Url, announced, TestContext.Current.CancellationToken);
        var second = await edge.SendRawAsync($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}0\r\n\r\n");

        Assert.Equal(413, (int)first.StatusCode);
        Assert.StartsWith("HTTP/1.1 413 ", second, StringComparison.Ordinal);
        Assert.Equal(0, (await edge.StatusAsync()).Backends[0].Traffic.Failures);
    }

    [Fact]
    public async Task Headers_that_never_end_are_given_up()
    {
        await using var edge = await EdgeStage.StartAsync("--header-timeout", "200ms");

        var answer = await edge.SendRawAsync("GET / HTTP/1.1\r\nHost:");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }
}
