using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Relay;
using Pipeline.Relay.Targets;

namespace Pipeline.Containers.Tunnels;

/// <summary>
/// The way to everything inside an environment's network: one <c>docker exec</c> into its keeper, begun when it is first needed, carries all connections of a
/// run. So it goes wherever the <c>docker</c> command goes, over sockets, TLS, ssh and contexts alike.
/// </summary>
/// <param name="docker">The first host of the environment.</param>
/// <param name="containers">Its containers.</param>
/// <param name="keeper">The keeper's name.</param>
public sealed class HostTunnel(DockerCli docker, ScopedContainers containers, string keeper) : IAsyncDisposable
{
    private static readonly string[] Relay = ["dotnet", "/app/Pipeline.Edge.dll", "relay"];
    // The engine's words for a container that did not run in that moment, although it may a moment later.
    private static readonly string[] NotRunning = ["is restarting", "is not running", "in a stopped"];
    private readonly SemaphoreSlim gate = new(1);
    private OpenTunnel? open;

    /// <summary>A connection; null when nobody listens at the target, or the keeper does not run.</summary>
    /// <exception cref="DeliveryException">The host cannot be reached, or its keeper has no relay.</exception>
    public async Task<Stream?> TryConnectAsync(RelayTarget target, CancellationToken cancellation)
    {
        try
        {
            return await ConnectOrNullAsync(target, cancellation);
        }
        catch (RelayException refused) when (refused.NobodyListens)
        {
            return null;
        }
    }

    /// <summary>A connection.</summary>
    /// <exception cref="RelayException">Nobody listens at the target, or the keeper does not run.</exception>
    /// <exception cref="DeliveryException">The host cannot be reached, or its keeper has no relay.</exception>
    public async Task<RelayStream> ConnectAsync(RelayTarget target, CancellationToken cancellation) =>
        await ConnectOrNullAsync(target, cancellation) ?? throw new RelayException($"{docker.Host}: container {keeper} does not run; the next deployment starts it") { NobodyListens = true };

    /// <summary>Ends the call and with it all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (open is not null)
            await open.DisposeAsync();
        gate.Dispose();
    }

    private async Task<RelayStream?> ConnectOrNullAsync(RelayTarget target, CancellationToken cancellation)
    {
        for (var again = true; ; again = false)
        {
            if (await OpenAsync(cancellation) is not { } tunnel)
                return null;
            try
            {
                return await tunnel.Session.ConnectAsync(target, cancellation);
            }
            catch (RelayException) when (again && tunnel.IsOver)
            {
                // The keeper was started anew, or the way to the host broke, since the call began: it is made once more.
            }
        }
    }

    private async Task<OpenTunnel?> OpenAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (open is { IsOver: false })
                return open;
            if (open is not null)
                await open.DisposeAsync();
            open = null;
            return open = await BeginAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<OpenTunnel?> BeginAsync(CancellationToken cancellation)
    {
        var tunnel = new OpenTunnel(docker.Open(["container", "exec", "--interactive", keeper, .. Relay]));
        try
        {
            await tunnel.BeginAsync(cancellation);
            return tunnel;
        }
        catch (RelayException problem)
        {
            var said = await tunnel.EndAsync(cancellation);
            await tunnel.DisposeAsync();
            // Asked once more in words: who cannot be reached is named, and one that does not exist or run is no fault here.
            if (NotRunning.Any(words => said.Contains(words, StringComparison.Ordinal)) || await containers.FindAsync(keeper, cancellation) is not { Life: { Running: true, Restarting: false } })
                return null;
            throw new DeliveryException($"{docker.Host}: no relay starts in container {keeper} ({(said.Length > 0 ? said : problem.Message)}); "
                + "name an edge image that holds /app/Pipeline.Edge.dll and dotnet", problem);
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }
}
