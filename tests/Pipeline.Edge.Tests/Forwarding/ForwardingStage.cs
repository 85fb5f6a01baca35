using System.Net.Http.Json;

namespace Pipeline.Edge.Tests.Forwarding;

/// <summary>One edge in front of one echoing instance, for tests that change neither.</summary>
public sealed class ForwardingStage : IAsyncLifetime
{
    public EdgeStage Edge { get; private set; } = null!;

    public TestInstance Instance { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Instance = await TestInstance.StartAsync();
        Edge = await EdgeStage.StartAsync();
        await Edge.RouteAsync(Instance.Address);
    }

    public async Task<Echo> EchoAsync(HttpRequestMessage request)
    {
        using var response = await Edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Echo>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>What reaches the instance of a request written byte by byte.</summary>
    public async Task<Echo> EchoRawAsync(string bytes)
    {
        var answer = await Edge.SendRawAsync(bytes);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var body = System.Text.Encoding.Latin1.GetBytes(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
        return System.Text.Json.JsonSerializer.Deserialize<Echo>(body, System.Text.Json.JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Instance.DisposeAsync();
    }
}
