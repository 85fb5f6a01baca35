using Pipeline.Containers.Edges;
using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Keeping;

/// <summary>
/// The container that opens users' port in the network of the host itself and lends it to whichever edge serves. It does nothing else and is not replaced with
/// the edge. A door that is killed leaves its port with the edge, and the next one gets it back from there.
/// </summary>
internal sealed class DoorContainer(EnvironmentHost host, StageSettings settings, TimeProvider time)
{
    public const string Role = "door";

    // Address and volume, without the image.
    private const string PlaceLabel = "pipeline.place";
    private const string Listening = " listens on ";
    private const int LastLines = 5;
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private string Name => settings.Scope.Container("door");

    /// <summary>Starts the door, or finds it. One that runs where it is wanted stays as it is, whatever its image.</summary>
    /// <exception cref="DeliveryException">It cannot open the port; the message says why, and nothing of it is left.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var place = Specify("", settings, Name).Fingerprint();
        var present = await host.Containers.FindAsync(Name, cancellation);
        if (present is { Life: { Running: true, Restarting: false } and not { Status: "paused" } } && present.Label(PlaceLabel) == place)
            return;
        var image = await host.EdgeImageAsync(cancellation);
        await host.Containers.EnsureAsync(Specify(image, settings, Name) with { Labels = new Dictionary<string, string> { [PlaceLabel] = place } }, cancellation);
        await WaitUntilItListensAsync(cancellation);
    }

    /// <summary>Takes the door away.</summary>
    public Task RemoveAsync(CancellationToken cancellation) => host.Containers.RemoveAsync(Name, TimeSpan.Zero, cancellation);

    /// <summary>The container of a door.</summary>
    public static ContainerSpecification Specify(string image, StageSettings settings, string name) => new()
    {
        Name = name,
        Role = Role,
        Image = image,
        Command = ["door", "--directory", EdgeContainer.Folder, "--listen", settings.PublicAddress],
        User = settings.User,
        Network = ContainerNetwork.OfHost,
        Volumes = [new(EdgeContainer.Volume(settings.Scope), EdgeContainer.Folder, VolumeAccess.Write)],
        Limits = new() { Megabytes = 128, Processes = 128, LogMegabytes = 3 },
        Init = false,
    };

    private async Task WaitUntilItListensAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var said = await host.Containers.ReadLogAsync(Name, LastLines, cancellation);
            if (said.Any(line => line.Contains(Listening, StringComparison.Ordinal)))
                return;
            var container = await host.Containers.FindAsync(Name, cancellation);
            if (container is null or { RestartCount: > 0 } or { Life.Status: "exited" or "dead" or "restarting" } || time.GetElapsedTime(started) > ReadyTimeout)
            {
                said = await host.Containers.ReadLogAsync(Name, LastLines, cancellation);
                await RemoveAsync(CancellationToken.None);
                var reason = said.Count > 0 ? string.Join("; ", said.Distinct()) : "it wrote nothing";
                throw new DeliveryException($"{host}: container {Name} does not open port {settings.Port} for {settings.Scope}: {reason}");
            }
            await Task.Delay(Look, time, cancellation);
        }
    }
}
