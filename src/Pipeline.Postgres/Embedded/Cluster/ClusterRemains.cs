using System.Globalization;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>
/// What a server leaves that did not end properly: its pid file, and backends that still work on shared memory and keep a new server from starting. A process
/// counts as the cluster's own only when it is <c>postgres</c> and its working directory is the data folder, which is where every server process lives.
/// </summary>
internal sealed class ClusterRemains(string data)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private string PidFile => Path.Combine(data, "postmaster.pid");

    /// <summary>Removes a pid file whose process is none of this cluster's: after a reboot its number may belong to anybody.</summary>
    public void RemoveStalePidFile()
    {
        if (Directory.Exists("/proc") && File.Exists(PidFile) && FindProcesses().Count == 0)
            File.Delete(PidFile);
    }

    /// <summary>Ends all server processes of the cluster that nobody supervises: politely first, then as in a crash, which the write-ahead log is for.</summary>
    public Task EndAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation) => EndAsync(FindProcesses, patience, time, cancellation);

    /// <summary>Ends the backends whose server died without them, and leaves the present server alone.</summary>
    /// <param name="server">The process of the present server; null when there is none at this moment.</param>
    /// <param name="patience">How long each signal may take to be followed.</param>
    /// <param name="time">The clock for that.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task EndOrphansAsync(int? server, TimeSpan patience, TimeProvider time, CancellationToken cancellation) =>
        EndAsync(() => FindOrphans(server), patience, time, cancellation);

    private static async Task EndAsync(Func<IReadOnlyList<int>> find, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var signal in new[] { "INT", "QUIT", "KILL" })
        {
            var since = time.GetTimestamp();
            var remaining = find();
            if (remaining.Count == 0)
                return;
            await ProgramRun.TryAsync("kill", [$"-{signal}", .. remaining.Select(id => id.ToString(CultureInfo.InvariantCulture))], cancellation);
            while (find().Count > 0 && time.GetElapsedTime(since) < patience)
                await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>The processes of the cluster; none where the system does not tell.</summary>
    private IReadOnlyList<int> FindProcesses() => Directory.Exists("/proc")
        ? [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>()
            .Where(name => char.IsAsciiDigit(name[0]) && IsOurs(name)).Select(name => int.Parse(name, CultureInfo.InvariantCulture))]
        : [];

    /// <summary>Processes of the cluster that are neither its server nor the children of one.</summary>
    private List<int> FindOrphans(int? server)
    {
        var processes = FindProcesses();
        return [.. processes.Where(id => id != server && FindParent(id) is { } parent && !processes.Contains(parent) && IsBackend(id))];
    }

    /// <summary>A backend's command line was replaced by what it does; a server's still holds its options.</summary>
    private static bool IsBackend(int id) => ReadOrEmpty($"/proc/{id}/cmdline") is { Length: > 0 } line && !line.Contains("\0-D\0", StringComparison.Ordinal);

    private static int? FindParent(int id)
    {
        var line = ReadOrEmpty($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal));
        return int.TryParse(line.AsSpan(line is null ? 0 : "PPid:".Length).Trim(), out var parent) ? parent : null;
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    private bool IsOurs(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget == data
                && File.ReadAllText($"/proc/{process}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to another user, as nothing of ours does.
            return false;
        }
    }
}
