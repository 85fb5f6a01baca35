using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.EndToEnd.Installations;

/// <summary>The supervised processes of an installation, and kill -9 for each of them.</summary>
public sealed class Parts(Installation installation)
{
    public string Ledger => Path.Combine(installation.Home, "ledger", "postgres", "server");

    public string Edge(string environment) => Path.Combine(installation.EnvironmentFolder(environment), "edge");

    public string Database(string environment) => Path.Combine(installation.EnvironmentFolder(environment), "postgres", "server");

    public string Instance(string id) => Path.Combine(installation.EnvironmentFolder(id.Split('-')[0]), "instances", id);

    /// <summary>Kills the process of a folder and leaves its supervisor alone.</summary>
    public void Kill(string folder)
    {
        using var process = Process.GetProcessById(installation.Supervisors().Observe(folder)!.ProcessId!.Value);
        process.Kill();
    }

    /// <summary>Kills the supervisor of a folder and leaves its process alone.</summary>
    public void KillSupervisor(string folder)
    {
        using var process = Process.GetProcessById(SupervisorOf(folder));
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Kills supervisor and process of a folder, so that the process stays away.</summary>
    public void KillWholly(string folder)
    {
        KillSupervisor(folder);
        if (installation.Supervisors().Observe(folder) is { Running: true })
            Kill(folder);
    }

    /// <summary>What a power cut leaves: no process at all, and every file as it was.</summary>
    public void KillAll()
    {
        var folders = Folders().Where(folder => installation.Supervisors().Observe(folder) is { Supervised: true }).ToArray();
        foreach (var folder in folders)
            KillWholly(folder);
    }

    /// <summary>Every process that works for this installation: all have a file of it, or its folder, in their command line or as their working directory.</summary>
    public IReadOnlyList<int> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(BelongsHere),
    ];

    private bool BelongsHere(int process)
    {
        try
        {
            var directory = new DirectoryInfo($"/proc/{process}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName ?? "";
            return directory.StartsWith(installation.Home, StringComparison.Ordinal)
                || File.ReadAllText($"/proc/{process}/cmdline").Contains(installation.Home, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<string> Folders() => new[] { "environments", "ledger" }
        .Select(part => Path.Combine(installation.Home, part)).Where(Directory.Exists)
        .SelectMany(part => Directory.EnumerateFiles(part, "supervisor.json", SearchOption.AllDirectories))
        .Select(file => Path.GetDirectoryName(file)!);

    private static int SupervisorOf(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "supervisor.json")));
        return document.RootElement.GetProperty("processId").GetInt32();
    }
}
