using System.Net;
using Pipeline.Supervision;
using Pipeline.Supervision.Launching;
using Pipeline.Supervision.Network;

namespace Build.Environments.Stages.Processes;

/// <summary>An environment's stand-ins for the outside world: a payment gateway and a mail server whose mails can be read instead of being sent.</summary>
public sealed class Sandbox(ShopEnvironment environment, string directory, string programFolder, ISupervisors supervisors)
{
    /// <summary>Starts the sandbox when it does not run. One that runs stays as it is: replacing it would fail the payments of that moment.</summary>
    public async Task<SandboxAddresses> EnsureRunningAsync(CancellationToken cancellation)
    {
        var addresses = Find() ?? Choose();
        if (supervisors.Observe(directory) is { Running: true, Supervised: true })
            return addresses;
        await supervisors.StartAsync(Specify(addresses), cancellation);
        return addresses;
    }

    public SandboxAddresses? Find() =>
        supervisors.Observe(directory)?.Specification.Arguments is [_, "--http", var http, "--smtp", var smtp, ..]
            ? new(Port(http), Port(smtp))
            : null;

    private ProcessSpecification Specify(SandboxAddresses addresses) => new()
    {
        Directory = directory,
        FileName = DotnetHost.Path,
        Arguments =
        [
            Path.Combine(programFolder, "Pipeline.Sandbox.dll"),
            "--http", $"127.0.0.1:{addresses.HttpPort}", "--smtp", $"127.0.0.1:{addresses.SmtpPort}",
            "--mode", environment.PaymentMode, "--data", Path.Combine(directory, "data"),
        ],
    };

    private static SandboxAddresses Choose()
    {
        var ports = LoopbackPorts.Choose(2);
        return new(ports[0], ports[1]);
    }

    private static int Port(string address) => IPEndPoint.Parse(address).Port;
}

/// <summary>The ports of a sandbox on 127.0.0.1.</summary>
public sealed record SandboxAddresses(int HttpPort, int SmtpPort);
