using System.Text.Json;

namespace Pipeline.GitHub.Rehearsal.Store;

/// <summary>What is kept of the last rehearsal of a workflow: how its jobs ended, what they handed on, their logs and summaries.</summary>
internal sealed class RunStore(string folder)
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal string Folder => folder;

    internal string Artifacts => Path.Combine(folder, "artifacts");

    internal string Attestations => Path.Combine(folder, "attestations");

    private string RunFile => Path.Combine(folder, "run.json");

    internal string LogOf(string job) => Path.Combine(folder, "logs", $"{job}.log");

    internal string SummaryOf(string job) => Path.Combine(folder, "summaries", $"{job}.md");

    /// <summary>The last rehearsal; null when there is none, or none that can be read.</summary>
    internal StoredRun? Read()
    {
        try
        {
            return File.Exists(RunFile) ? JsonSerializer.Deserialize<StoredRun>(File.ReadAllText(RunFile), Written) : null;
        }
        catch (JsonException)
        {
            // Half a file is as good as none: everything runs again.
            return null;
        }
    }

    internal void Write(StoredRun run)
    {
        Directory.CreateDirectory(folder);
        var unfinished = $"{RunFile}.new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(run, Written));
        File.Move(unfinished, RunFile, overwrite: true);
    }

    /// <summary>Forgets the last rehearsal.</summary>
    internal void Clear()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }

    internal void WriteSummary(string job, string text)
    {
        if (text.Length == 0)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(SummaryOf(job))!);
        File.WriteAllText(SummaryOf(job), text);
    }
}

/// <summary>How a rehearsal ended.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Event">What began it.</param>
/// <param name="Inputs">What was entered.</param>
/// <param name="RunId">Its number, which later attempts keep.</param>
/// <param name="Attempt">Which attempt was the last, from 1.</param>
/// <param name="Jobs">How each job ended.</param>
internal sealed record StoredRun(
    string Commit, string Event, IReadOnlyDictionary<string, string> Inputs, long RunId, int Attempt, IReadOnlyDictionary<string, StoredJob> Jobs)
{
    internal bool Fits(string commit, string began, IReadOnlyDictionary<string, string> inputs) =>
        Commit == commit && Event == began && Inputs.Count == inputs.Count && Inputs.All(input => inputs.TryGetValue(input.Key, out var value) && value == input.Value);
}

/// <summary>How a job ended.</summary>
internal sealed record StoredJob(string Result, IReadOnlyDictionary<string, string> Outputs);
