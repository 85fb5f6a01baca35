using System.Globalization;

namespace Pipeline.Targets.Running;

/// <summary>Where a run keeps what it leaves: absolute paths.</summary>
internal sealed record RunFolders(string Working, string State, string Run)
{
    internal string Evidence => Path.Combine(State, "evidence");

    internal string Cache => Path.Combine(State, "cache");

    internal string Runs => Path.Combine(State, "runs");

    internal string Log(string target) => Path.Combine(Run, "logs", Pipeline.Targets.Evidence.EvidenceStore.FileName(target) + ".log");

    internal static RunFolders Of(string working, string? home, DateTimeOffset now, string id)
    {
        var state = string.IsNullOrEmpty(home) ? Path.Combine(working, ".pipeline") : Path.GetFullPath(home, working);
        var name = string.Create(CultureInfo.InvariantCulture, $"{now.ToUniversalTime():yyyyMMdd-HHmmss}-{id}");
        return new(working, state, Path.Combine(state, "runs", name));
    }
}
