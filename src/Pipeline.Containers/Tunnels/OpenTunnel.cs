using Pipeline.Engines.Docker.Cli;
using Pipeline.Relay;

namespace Pipeline.Containers.Tunnels;

/// <summary>One running call with its session.</summary>
internal sealed class OpenTunnel(DockerPipe pipe) : IAsyncDisposable
{
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(30);
    private Task carrying = Task.CompletedTask;

    public RelaySession Session { get; } = new(pipe.Output, pipe.Input);

    public bool IsOver => carrying.IsCompleted;

    /// <exception cref="RelayException">No relay greets.</exception>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(GreetingTimeout);
        try
        {
            await Session.AwaitGreetingAsync(limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new RelayException($"it does not greet within {GreetingTimeout.TotalSeconds:0} s", late);
        }
        carrying = Session.CarryAsync(CancellationToken.None);
    }

    /// <summary>What the call said when it ended without a greeting; empty when it still runs.</summary>
    public async Task<string> EndAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            return (await pipe.WaitAsync(limit.Token)).Errors.Trim();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        await pipe.DisposeAsync();
        await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
