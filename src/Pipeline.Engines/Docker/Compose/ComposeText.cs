using System.Globalization;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Engines.Docker.Compose;

/// <summary>A container's specification in compose's words: the counterpart of <see cref="RunArguments"/>.</summary>
internal static class ComposeText
{
    /// <summary>The network that compose makes for a project.</summary>
    internal const string Network = "default";

    private const int LogFiles = 3;

    internal static Dictionary<string, object> Of(ComposeService service, string folder)
    {
        var container = service.Container;
        var text = new Dictionary<string, object> { ["image"] = Plain(container.Image) };
        AddUnlessEmpty(text, "entrypoint", container.Entrypoint.Select(Plain));
        AddUnlessEmpty(text, "command", container.Command.Select(Plain));
        AddUnlessEmpty(text, "environment", container.Environment);
        AddHardening(text, container);
        AddLimits(text, container.Limits);
        text["restart"] = service.Life == ComposeLife.RunsOnce || container.Restart == RestartRule.AfterFailure ? "on-failure" : "unless-stopped";
        text["stop_grace_period"] = Seconds(TimeSpan.FromSeconds(Math.Ceiling(container.StopTimeout.TotalSeconds)));
        AddUnlessEmpty(text, "ports", container.Ports.Select(port => $"{port.HostAddress}:{port.HostPort}:{port.ContainerPort}"));
        if (container.Network.IsOfHost)
            text["network_mode"] = container.Network.Name!;
        if (container.Network.Address is { } address)
            text["networks"] = new Dictionary<string, object> { [Network] = new Dictionary<string, string> { ["ipv4_address"] = address } };
        AddUnlessEmpty(text, "sysctls", container.KernelParameters);
        AddUnlessEmpty(text, "volumes", Volumes(service, folder));
        AddUnlessEmpty(text, "tmpfs", container.Memory.Select(memory => $"{memory.Path}:rw,nosuid,nodev,mode=1777,size={memory.Megabytes}m"));
        AddUnlessEmpty(text, "secrets", service.Secrets.Select(Plain));
        if (container.HealthCheck is { } check)
            text["healthcheck"] = Health(check);
        if (service.After.Count > 0)
            text["depends_on"] = service.After.ToDictionary(after => after.Service, after => new Dictionary<string, object> { ["condition"] = Condition(after.Condition) });
        return text;
    }

    private static void AddHardening(Dictionary<string, object> text, ContainerSpecification container)
    {
        if (container.User is { } user)
            text["user"] = user;
        text["read_only"] = !container.WritableRoot;
        text["cap_drop"] = new[] { "ALL" };
        AddUnlessEmpty(text, "cap_add", container.Capabilities);
        text["security_opt"] = new[] { "no-new-privileges:true" };
        text["init"] = container.Init;
    }

    private static void AddLimits(Dictionary<string, object> text, ContainerLimits limits)
    {
        text["mem_limit"] = $"{limits.Megabytes}m";
        text["memswap_limit"] = $"{limits.Megabytes}m";
        text["cpus"] = limits.Processors;
        text["pids_limit"] = limits.Processes;
        text["logging"] = new Dictionary<string, object>
        {
            ["driver"] = "local",
            ["options"] = new Dictionary<string, string> { ["max-size"] = $"{Math.Max(1, limits.LogMegabytes / LogFiles)}m", ["max-file"] = $"{LogFiles}" },
        };
    }

    private static IEnumerable<Dictionary<string, object>> Volumes(ComposeService service, string folder) =>
    [
        .. service.Container.Volumes.Select(volume => Mount("volume", volume.Volume, volume.Path, volume.Access == VolumeAccess.Read)),
        .. service.Files.Select(file => Mount("bind", $"{folder}/{file.Key}", file.Value, isReadOnly: true)),
    ];

    private static Dictionary<string, object> Mount(string type, string source, string target, bool isReadOnly) =>
        new() { ["type"] = type, ["source"] = Plain(source), ["target"] = Plain(target), ["read_only"] = isReadOnly };

    private static Dictionary<string, object> Health(HealthCheck check) => new()
    {
        ["test"] = check.Command.Select(Plain).Prepend("CMD").ToList(),
        ["interval"] = Seconds(check.Interval),
        ["timeout"] = Seconds(check.Timeout),
        ["retries"] = check.Retries,
        ["start_period"] = Seconds(check.StartPeriod),
    };

    private static string Condition(ComposeCondition condition) => condition switch
    {
        ComposeCondition.Healthy => "service_healthy",
        ComposeCondition.Completed => "service_completed_successfully",
        _ => "service_started",
    };

    private static void AddUnlessEmpty<T>(Dictionary<string, object> text, string key, IEnumerable<T> values)
        where T : notnull
    {
        var list = values.ToList();
        if (list.Count > 0)
            text[key] = list;
    }

    private static void AddUnlessEmpty(Dictionary<string, object> text, string key, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count > 0)
            text[key] = pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Plain(pair.Value));
    }

    // Compose puts variables where a dollar stands; two of them mean one.
    private static string Plain(string value) => value.Replace("$", "$$", StringComparison.Ordinal);

    // Whole seconds where it can be: docker-compose hands milliseconds on as a fraction, which engines refuse for the time to stop.
    private static string Seconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds):0}ms");
}
