using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Relay.Targets;

namespace Pipeline.Containers.Edges;

/// <summary>
/// The edge of an environment in containers. An edge of another image or with other settings takes over from the present one: it listens beside it in the
/// keeper's network, and the one before finishes its requests and ends.
/// </summary>
public sealed class DockerEdge : IEdge
{
    private const int LastLines = 10;
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly EnvironmentStage stage;
    private readonly StageSettings settings;
    private readonly TimeProvider time;
    private readonly EdgeOrders orders;

    internal DockerEdge(EnvironmentStage stage, StageSettings settings, TimeProvider time)
    {
        this.stage = stage;
        this.settings = settings;
        this.time = time;
        orders = new EdgeOrders(settings.Scope.Environment, ConnectAsync, () => $"none answers on {settings.First}; deploy again, which starts it");
    }

    private static RelayTarget Control { get; } = RelayTarget.ToUnix($"{EdgeContainer.Folder}/control.sock");

    private static RelayTarget Private { get; } = RelayTarget.ToUnix($"{EdgeContainer.Folder}/private.sock");

    private EnvironmentHost Host => stage.First;

    /// <inheritdoc />
    /// <exception cref="DeliveryException">It could not be started; the message ends with the last lines of its log.</exception>
    public async Task EnsureRunningAsync(CancellationToken cancellation)
    {
        await stage.KeepAsync(cancellation);
        var wanted = EdgeContainer.Specify(await Host.EdgeImageAsync(cancellation), settings, stage.Entrance);
        var present = await WaitUntilOneServesAsync(cancellation);
        if (present != wanted.Name && !await IsWantedKeeperAsync(present, wanted, cancellation))
        {
            await Host.Containers.EnsureAsync(wanted, cancellation);
            await WaitUntilItServesAsync(wanted.Name, cancellation);
        }
        await RemoveRetiredAsync(cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="DeliveryException">None serves; the message ends with the last lines of the keeper's log.</exception>
    public async Task KeepRunningAsync(CancellationToken cancellation)
    {
        await stage.KeepAsync(cancellation);
        await WaitUntilOneServesAsync(cancellation);
        await RemoveRetiredAsync(cancellation);
    }

    /// <inheritdoc />
    public Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation) => orders.ObserveAsync(cancellation);

    /// <inheritdoc />
    public Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation) => orders.ApplyAsync(routes, token, cancellation);

    /// <inheritdoc />
    public Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation) => orders.DrainAsync(colour, atMost, cancellation);

    /// <inheritdoc />
    public PrivateRoute PrivateRouteTo(Colour colour) => new(stage.Doors.To("private.sock", Private).Path, EdgeOrders.BackendHeader, colour);

    private Task<Stream?> ConnectAsync(CancellationToken cancellation) => stage.Tunnel.TryConnectAsync(Control, cancellation);

    private async Task<bool> IsWantedKeeperAsync(string present, ContainerSpecification wanted, CancellationToken cancellation) =>
        present == settings.Scope.Keeper
        && (await Host.Containers.FindAsync(present, cancellation))?.Label(EdgeContainer.EdgeLabel) == wanted.Labels[EdgeContainer.EdgeLabel];

    // While one edge takes over from another, an order may meet the socket that closes.
    private async Task<string?> ReadNameAsync(CancellationToken cancellation)
    {
        try
        {
            return await orders.ReadNameAsync(cancellation);
        }
        catch (DeliveryException broken) when (broken.IsTransient)
        {
            return null;
        }
    }

    // The keeper starts one whenever none serves.
    private async Task<string> WaitUntilOneServesAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await ReadNameAsync(cancellation) is { } name)
                return name;
            if (time.GetElapsedTime(started) > ReadyTimeout)
                throw await FailureAsync(settings.Scope.Keeper, "no edge answers", cancellation);
            await Task.Delay(Look, time, cancellation);
        }
    }

    private async Task WaitUntilItServesAsync(string name, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (await ReadNameAsync(cancellation) != name)
        {
            var container = await Host.Containers.FindAsync(name, cancellation);
            if (container is null or { RestartCount: > 0 } or { Life.Status: "exited" or "dead" } || time.GetElapsedTime(started) > ReadyTimeout)
            {
                var failure = await FailureAsync(name, "it was started and does not take over", cancellation);
                await Host.Containers.RemoveAsync(name, TimeSpan.Zero, CancellationToken.None);
                throw failure;
            }
            await Task.Delay(Look, time, cancellation);
        }
    }

    private async Task RemoveRetiredAsync(CancellationToken cancellation)
    {
        foreach (var retired in (await Host.Containers.ListAsync(cancellation)).Where(container => container.Label(ScopeLabels.Role) == EdgeContainer.Role && container.Life.Status == "exited"))
            await Host.Containers.RemoveAsync(retired.Name, TimeSpan.Zero, cancellation);
    }

    private async Task<DeliveryException> FailureAsync(string container, string what, CancellationToken cancellation)
    {
        var lines = await Host.Containers.ReadLogAsync(container, LastLines, cancellation);
        var said = lines.Count == 0 ? "it wrote nothing" : $"its log ends with:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", lines)}";
        return new($"edge of {settings.Scope.Environment}: container {container} on {settings.First}: {what}; correct what it complains of and run again; {said}");
    }
}
