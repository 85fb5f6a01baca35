using System.Diagnostics;
using System.Net;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>A network namespace as a container has one, with a cable to this machine.</summary>
public sealed class NetworkSpace : IAsyncDisposable
{
    private readonly string name = $"pl-edge-{Guid.NewGuid():N}"[..14];

    private NetworkSpace(int number)
    {
        Outside = IPAddress.Parse($"10.214.{number}.1");
        Inside = IPAddress.Parse($"10.214.{number}.2");
    }

    /// <summary>This machine's end.</summary>
    public IPAddress Outside { get; }

    /// <summary>The other end.</summary>
    public IPAddress Inside { get; }

    /// <summary>The network in which a listening socket that closes hands its waiting connections to another on the same address.</summary>
    public static async Task<NetworkSpace> CreateAsync()
    {
        Needs.That(Environment.IsPrivilegedProcess, "only root makes network namespaces");
        Needs.Program("ip");
        Needs.Program("nsenter");
        Needs.That(File.Exists("/proc/sys/net/ipv4/tcp_migrate_req"), "the kernel has no net.ipv4.tcp_migrate_req (Linux 5.14)");
        var space = new NetworkSpace(Random.Shared.Next(1, 255));
        await RunAsync("ip", "netns", "add", space.name);
        await RunAsync("ip", "link", "add", $"{space.name}v", "type", "veth", "peer", "name", "eth0", "netns", space.name);
        await RunAsync("ip", "address", "add", $"{space.Outside}/30", "dev", $"{space.name}v");
        await RunAsync("ip", "link", "set", $"{space.name}v", "up");
        await RunAsync("ip", "-n", space.name, "address", "add", $"{space.Inside}/30", "dev", "eth0");
        await RunAsync("ip", "-n", space.name, "link", "set", "eth0", "up");
        await RunAsync("ip", "-n", space.name, "link", "set", "lo", "up");
        await RunAsync("nsenter", [.. space.Enter, "sysctl", "-qw", "net.ipv4.tcp_migrate_req=1"]);
        return space;
    }

    /// <summary>Starts a program in it.</summary>
    public Process Start(params IEnumerable<string> command) => Process.Start(new ProcessStartInfo("nsenter", [.. Enter, .. command])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Cuts the cable: neither end hears of the other again, and nobody says goodbye.</summary>
    public Task CutAsync() => RunAsync("ip", "link", "set", $"{name}v", "down");

    public async ValueTask DisposeAsync() => await RunAsync("ip", "netns", "delete", name);

    private string[] Enter => [$"--net=/run/netns/{name}"];

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }
}
