using Pipeline.Edge.Forwarding;
using Pipeline.Edge.Health;

namespace Pipeline.Edge.Routing;

/// <summary>One instance for as long as some routes name it: its connections, its health and its requests in flight.</summary>
internal sealed class Destination : IDisposable
{
    private readonly CancellationTokenSource life = new();

    public Destination(DestinationDocument document, string digest, EdgeServices services)
    {
        Instance = document.Instance;
        Prefix = document.Address.TrimEnd('/');
        Invoker = UpstreamConnections.Create(services.Settings);
        Transformer = new EdgeTransformer(Prefix, digest, services);
        Health = new HealthVerdict($"{Instance} at {Prefix}", services.Settings, services.Log);
        _ = new Prober(Prefix, Health, services).RunAsync(life.Token);
    }

    public string Instance { get; }

    /// <summary>Scheme, host and port without a slash at the end.</summary>
    public string Prefix { get; }

    public HttpMessageInvoker Invoker { get; }

    public EdgeTransformer Transformer { get; }

    public HealthVerdict Health { get; }

    public InFlight InFlight { get; } = new();

    /// <summary>Waits for the last request, then closes its connections.</summary>
    public async Task RetireAsync(TimeProvider time)
    {
        await life.CancelAsync();
        while (!InFlight.TryClose())
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        Dispose();
    }

    public void Dispose()
    {
        life.Dispose();
        Invoker.Dispose();
    }
}
