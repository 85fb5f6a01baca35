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
    public async Task EndAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var signal in new[] { "INT", "QUIT", "KILL" })
        {
            var since = time.GetTimestamp();
            var remaining = FindProcesses();
            if (remaining.Count == 0)
                return;
            await ProgramRun.TryAsync("kill", [$"-{signal}", .. remaining.Select(id => id.ToString(CultureInfo.InvariantCulture))], cancellation);
            while (FindProcesses().Count > 0 && time.GetElapsedTime(since) < patience)
                await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>The processes of the cluster; none where the system does not tell.</summary>
    public IReadOnlyList<int> FindProcesses() => Directory.Exists("/proc")
        ? [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Where(IsOurs!).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))]
        : [];

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
