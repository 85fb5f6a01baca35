using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Pipeline.Edge.Tests.Forwarding;

public sealed class Http2Tests
{
    [Fact]
    public async Task Both_protocols_are_spoken_on_one_port()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        using var plain = Request(edge.Url, HttpVersion.Version11);
        using var first = await edge.Client.SendAsync(plain, TestContext.Current.CancellationToken);
        using var priorKnowledge = Request(edge.Url, HttpVersion.Version20);
        using var second = await edge.Client.SendAsync(priorKnowledge, TestContext.Current.CancellationToken);
        var echo = await second.Content.ReadFromJsonAsync<Echo>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version11, first.Version);
        Assert.Equal(HttpVersion.Version20, second.Version);
        Assert.Equal("HTTP/1.1", echo!.Protocol);
        Assert.Equal("2 pipeline-edge", echo.Header("Via"));
        Assert.Equal([EdgeStage.Release.Value], second.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task GRPC_passes_with_its_trailers()
    {
        await using var instance = await TestInstance.StartAsync("grpc", async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Request.Body.CopyToAsync(context.Response.Body);
            context.Response.AppendTrailer("grpc-status", "0");
        }, HttpProtocols.Http2);
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        using var request = Request(edge.Url, HttpVersion.Version20);
        request.Method = HttpMethod.Post;
        request.Content = new ByteArrayContent([0, 0, 0, 0, 1, 42]);
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal([0, 0, 0, 0, 1, 42], body);
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Many_requests_share_a_connection()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            edge.Client.SendAsync(Request(edge.Url, HttpVersion.Version20), TestContext.Current.CancellationToken)));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Fact]
    public async Task A_connection_that_begins_like_HTTP2_and_does_not_go_on_so_is_closed()
    {
        await using var edge = await EdgeStage.StartAsync();

        var answer = await edge.SendRawAsync("PRI * HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.DoesNotContain("200", answer, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(Uri url, Version version) => new(HttpMethod.Get, url)
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
