using System.Globalization;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Containers;

/// <summary>A container's specification as arguments of <c>docker run</c>.</summary>
internal static class RunArguments
{
    private const int LogFiles = 3;

    internal static IReadOnlyList<string> Of(ContainerSpecification container, EnvironmentScope scope) =>
    [
        "run", "--detach", "--pull", "never", "--name", container.Name, "--restart", container.Restart == RestartRule.Always ? "unless-stopped" : "on-failure",
        .. Hardening(container), .. Limits(container), .. Network(container), .. Storage(container), .. Health(container.HealthCheck),
        "--stop-timeout", Whole(container.StopTimeout.TotalSeconds),
        .. Pairs("--label", AllLabels(container, scope)), .. Pairs("--env", container.Environment),
        .. container.Entrypoint.Count > 0 ? ["--entrypoint", container.Entrypoint[0]] : Array.Empty<string>(),
        container.Image, .. container.Entrypoint.Skip(1), .. container.Command,
    ];

    /// <summary>All labels of a container: its own, its environment's, and those by which it is found again.</summary>
    internal static Dictionary<string, string> AllLabels(ContainerSpecification container, EnvironmentScope scope) =>
        new(container.Labels.Concat(scope.Labels), StringComparer.Ordinal)
        {
            [ScopeLabels.Role] = container.Role,
            [ScopeLabels.Specification] = container.Fingerprint(),
        };

    private static IEnumerable<string> Hardening(ContainerSpecification container)
    {
        yield return "--cap-drop";
        yield return "ALL";
        foreach (var argument in container.Capabilities.SelectMany(capability => new[] { "--cap-add", capability }))
            yield return argument;
        yield return "--security-opt";
        yield return "no-new-privileges";
        if (!container.WritableRoot)
            yield return "--read-only";
        if (container.Init)
            yield return "--init";
        if (container.User is not { } user)
            yield break;
        yield return "--user";
        yield return user;
    }

    private static string[] Limits(ContainerSpecification container)
    {
        var limits = container.Limits;
        return
        [
            "--memory", $"{limits.Megabytes}m", "--memory-swap", $"{limits.Megabytes}m", "--cpus", limits.Processors.ToString(CultureInfo.InvariantCulture),
            "--pids-limit", Whole(limits.Processes),
            "--log-driver", "local", "--log-opt", $"max-size={Math.Max(1, limits.LogMegabytes / LogFiles)}m", "--log-opt", $"max-file={LogFiles}",
        ];
    }

    private static IEnumerable<string> Network(ContainerSpecification container)
    {
        var network = container.Network;
        string[] joined = network.SharedWith is { } other ? ["--network", $"container:{other}"] : ["--network", network.Name!];
        string[] address = network.Address is { } fixedAddress ? ["--ip", fixedAddress] : [];
        return
        [
            .. joined, .. address,
            .. container.Ports.SelectMany(port => new[] { "--publish", $"{port.HostAddress}:{Whole(port.HostPort)}:{Whole(port.ContainerPort)}" }),
            .. Pairs("--sysctl", container.KernelParameters),
        ];
    }

    private static IEnumerable<string> Storage(ContainerSpecification container) =>
    [
        .. container.Volumes.SelectMany(volume => new[]
            { "--mount", $"type=volume,source={volume.Volume},target={volume.Path}{(volume.Access == VolumeAccess.Read ? ",readonly" : "")}" }),
        .. container.Memory.SelectMany(folder => new[] { "--tmpfs", $"{folder.Path}:rw,nosuid,nodev,mode=1777,size={folder.Megabytes}m" }),
    ];

    private static IEnumerable<string> Health(HealthCheck? check) => check is null
        ? []
        :
        [
            "--health-cmd", ShellWords.Quote(check.Command), "--health-interval", Milliseconds(check.Interval), "--health-timeout", Milliseconds(check.Timeout),
            "--health-retries", Whole(check.Retries), "--health-start-period", Milliseconds(check.StartPeriod),
        ];

    private static IEnumerable<string> Pairs(string option, IReadOnlyDictionary<string, string> pairs) =>
        pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { option, $"{pair.Key}={pair.Value}" });

    private static string Whole(double number) => Math.Ceiling(number).ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => $"{Whole(time.TotalMilliseconds)}ms";
}
