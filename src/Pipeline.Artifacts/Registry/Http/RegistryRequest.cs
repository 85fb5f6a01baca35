using Pipeline.Artifacts.Registry.Authorization;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>A request to a registry, which can be sent again.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Address">With what.</param>
/// <param name="Access">What right that takes.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Address, RegistryAccess Access)
{
    /// <summary>Makes the body, anew for each sending.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The media types that are understood.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>From which byte on the body of the answer is wanted.</summary>
    public long From { get; init; }

    public HttpRequestMessage ToMessage(Uri address)
    {
        var message = new HttpRequestMessage(Method, address) { Content = Content?.Invoke() };
        foreach (var type in Accept)
            message.Headers.Accept.ParseAdd(type);
        if (From > 0)
            message.Headers.Range = new(From, null);
        return message;
    }
}
