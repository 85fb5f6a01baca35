using Pipeline.Containers.Hosts;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Sandboxes;

/// <summary>The sandbox of an environment: a container on the first host that keeps mails and charges in a volume of the environment.</summary>
/// <param name="stage">The environment.</param>
/// <param name="environment">What the environment is.</param>
/// <param name="settings">What the sandbox is.</param>
public sealed class SandboxContainer(EnvironmentStage stage, StageSettings environment, SandboxSettings settings)
{
    private const string Data = "/data";
    private const int HttpPort = 8025;
    private const int SmtpPort = 2525;
    private const string HereOnly = "127.0.0.1";

    private string Container => environment.Scope.Container("sandbox");

    private EnvironmentHost Host => stage.First;

    // Its inbox is for people on that host; elsewhere it is seen only where instances need it.
    private string PublishedOn => settings.SmtpPort is null ? HereOnly : environment.PublishedOn;

    /// <summary>Starts the sandbox, or finds it. One that runs stays as it is, whatever its image: replacing it would fail the payments of that moment.</summary>
    /// <exception cref="Delivery.DeliveryException">It cannot be started; the message says why.</exception>
    public async Task<SandboxPlaces> EnsureRunningAsync(CancellationToken cancellation)
    {
        await stage.KeepAsync(cancellation);
        var address = (await stage.AddressesAsync(cancellation)).Sandbox;
        if (await Host.Containers.FindAsync(Container, cancellation) is not { Life: { Running: true, Restarting: false } })
        {
            var image = await settings.Image.EnsureAsync(Host.Docker, cancellation);
            await Host.Volumes.EnsureOwnedAsync(Container, environment.User, image, cancellation);
            await Host.Containers.EnsureAsync(Specify(image, address), cancellation);
        }
        return settings.SmtpPort is { } smtp
            ? new(new Uri($"http://{environment.First.Address}:{settings.HttpPort}"), environment.First.Address!, smtp)
            : new(new Uri($"http://{address}:{HttpPort}"), address, SmtpPort);
    }

    private ContainerSpecification Specify(string image, string address) => new()
    {
        Name = Container,
        Role = "sandbox",
        Image = image,
        Command = ["--http", $"0.0.0.0:{HttpPort}", "--smtp", $"0.0.0.0:{SmtpPort}", "--mode", settings.PaymentMode, "--data", Data],
        User = environment.User,
        Network = ContainerNetwork.At(environment.Scope.Network, address),
        Ports =
        [
            new(PublishedOn, settings.HttpPort, HttpPort),
            .. settings.SmtpPort is { } smtp ? new PublishedPort[] { new(PublishedOn, smtp, SmtpPort) } : [],
        ],
        Volumes = [new(Container, Data, VolumeAccess.Write)],
        Limits = settings.Limits,
        Init = false,
    };
}

/// <summary>Where instances find the sandbox.</summary>
/// <param name="Payments">The payment gateway, with the inbox.</param>
/// <param name="MailHost">The mail server.</param>
/// <param name="MailPort">Its port.</param>
public sealed record SandboxPlaces(Uri Payments, string MailHost, int MailPort);
