using Pipeline.Containers.Hosts;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Sandboxes;

/// <summary>The sandbox of an environment: a container on the first host that keeps mails and charges in a volume of the environment.</summary>
/// <param name="stage">The environment.</param>
/// <param name="environment">What the environment is.</param>
/// <param name="settings">What the sandbox is.</param>
public sealed class SandboxContainer(EnvironmentStage stage, StageSettings environment, SandboxSettings settings)
{
    internal const string Data = "/data";
    internal const int HttpPort = 8025;
    internal const int SmtpPort = 2525;
    private const string HereOnly = "127.0.0.1";

    // Network, ports and volume, without the image.
    private const string PlaceLabel = "pipeline.place";

    private string Container => environment.Scope.Container("sandbox");

    private EnvironmentHost Host => stage.First;

    // Its inbox is for people on that host; elsewhere it is seen only where instances need it.
    private string PublishedOn => settings.SmtpPort is null ? HereOnly : environment.PublishedOn;

    /// <summary>Brings the image to the host where there is no sandbox yet, so that nothing waits for it under the lock of a deployment.</summary>
    /// <exception cref="Delivery.DeliveryException">The host cannot be reached, or the image cannot be brought there.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (await Host.Containers.FindAsync(Container, cancellation) is null)
            await settings.Image.EnsureAsync(Host.Docker, cancellation);
    }

    /// <summary>
    /// Starts the sandbox, or finds it. One that runs where it is wanted stays as it is, whatever its image: replacing it would fail the payments of that moment.
    /// </summary>
    /// <exception cref="Delivery.DeliveryException">It cannot be started; the message says why.</exception>
    public async Task<SandboxPlaces> EnsureRunningAsync(CancellationToken cancellation)
    {
        await stage.KeepAsync(cancellation);
        var address = (await stage.AddressesAsync(cancellation)).Sandbox;
        var present = await Host.Containers.FindAsync(Container, cancellation);
        if (present is not { Life: { Running: true, Restarting: false } } || present.Label(PlaceLabel) != Specify("", address).Fingerprint())
        {
            var image = await settings.Image.EnsureAsync(Host.Docker, cancellation);
            await Host.Volumes.EnsureOwnedAsync(Container, environment.User, _ => Task.FromResult(image), cancellation);
            var labels = new Dictionary<string, string> { [PlaceLabel] = Specify("", address).Fingerprint() };
            await Host.Containers.EnsureAsync(Specify(image, address) with { Labels = labels }, cancellation);
        }
        return settings.SmtpPort is { } smtp
            ? new(new Uri($"http://{environment.First.Address}:{settings.HttpPort}"), environment.First.Address!, smtp)
            : new(new Uri($"http://{address}:{HttpPort}"), address, SmtpPort);
    }

    /// <summary>The container of a sandbox.</summary>
    /// <param name="settings">What the sandbox is.</param>
    /// <param name="name">The container's name, and that of the volume of its data.</param>
    /// <param name="image">Its image, as the host names it.</param>
    /// <param name="user">User and group, as numbers.</param>
    /// <param name="network">Where it is reached.</param>
    internal static ContainerSpecification Specify(SandboxSettings settings, string name, string image, string user, ContainerNetwork network) => new()
    {
        Name = name,
        Role = "sandbox",
        Image = image,
        Command = ["--http", $"0.0.0.0:{HttpPort}", "--smtp", $"0.0.0.0:{SmtpPort}", "--mode", settings.PaymentMode, "--data", Data],
        User = user,
        Network = network,
        Ports = [new(HereOnly, settings.HttpPort, HttpPort)],
        Volumes = [new(name, Data, VolumeAccess.Write)],
        Limits = settings.Limits,
        Init = false,
    };

    private ContainerSpecification Specify(string image, string address) =>
        Specify(settings, Container, image, environment.User, ContainerNetwork.At(environment.Scope.Network, address)) with
        {
            Ports =
            [
                new(PublishedOn, settings.HttpPort, HttpPort),
                .. settings.SmtpPort is { } smtp ? new PublishedPort[] { new(PublishedOn, smtp, SmtpPort) } : [],
            ],
        };
}

/// <summary>Where instances find the sandbox.</summary>
/// <param name="Payments">The payment gateway, with the inbox.</param>
/// <param name="MailHost">The mail server.</param>
/// <param name="MailPort">Its port.</param>
public sealed record SandboxPlaces(Uri Payments, string MailHost, int MailPort);
