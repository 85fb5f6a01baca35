using System.Globalization;
using Pipeline.Testing.Docker.Networks;

namespace Pipeline.Testing.Docker.Engines;

/// <summary>The command line of a test's dockerd.</summary>
internal static class EngineArguments
{
    internal const int TlsPort = 2376;
    internal const string DataFolder = "data";

    internal static async Task<IReadOnlyList<string>> OfAsync(string folder, string id, EngineNamespace space, string gateway, TestEngineOptions options)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, DataFolder)).FullName;
        if (options.DiskMegabytes is { } size)
            await Command.RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}m"), "tmpfs", data);
        List<string> arguments =
        [
            "--data-root", data,
            "--exec-root", Path.Combine(folder, "run"),
            "--pidfile", Path.Combine(folder, "pid"),
            "--host", $"unix://{folder}/docker.sock",
            "--cgroup-parent", $"/{EngineRemains.GroupOf(id)}",
            "--insecure-registry", $"{gateway}/24",
            "--max-download-attempts", string.Create(CultureInfo.InvariantCulture, $"{options.DownloadAttempts}"),
            "--userland-proxy=false",
            // The bridge that every engine makes for itself must not be one that the test's networks want.
            "--bip", "172.31.255.1/24",
        ];
        if (options.LiveRestore)
            arguments.Add("--live-restore");
        if (options.Tls)
            arguments.AddRange(EngineCertificates.Write(folder, space.Address).Append("--host").Append(string.Create(CultureInfo.InvariantCulture, $"tcp://{space.Address}:{TlsPort}")));
        return arguments;
    }
}
