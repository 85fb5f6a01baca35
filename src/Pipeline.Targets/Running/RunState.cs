using System.Collections.Concurrent;
using Pipeline.Targets.CommandLine;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Output;
using Pipeline.Targets.Secrets;
using Pipeline.Targets.Summaries;

namespace Pipeline.Targets.Running;

/// <summary>Everything about one run that its parts share.</summary>
internal sealed class RunState
{
    private RunFolders? folders;

    internal required PipelineOptions Options { get; init; }

    internal required RunRequest Request { get; init; }

    internal required ParameterValues Parameters { get; init; }

    internal required TargetCatalog Catalog { get; set; }

    internal required SecretMasker Masker { get; init; }

    internal required ConsoleDevices Devices { get; init; }

    internal required OutputRouter Router { get; init; }

    internal required RunDisplay Display { get; init; }

    internal required RunCancellation Cancellation { get; init; }

    internal required Func<string, string?> Variables { get; init; }

    internal required bool StandardOutputIsDocument { get; init; }

    /// <summary>What GitHub shows beside files; null elsewhere.</summary>
    internal Annotations? Annotations { get; private set; }

    /// <summary>Where the summary goes.</summary>
    internal SummaryFile Summary => new(
        Devices.IsGitHub && Variables("GITHUB_STEP_SUMMARY") is { Length: > 0 } file ? file : null,
        Request.Summary is { } named ? Path.GetFullPath(named, Folders.Working) : null);

    /// <summary>The fingerprints of the targets that have finished or were skipped, by name.</summary>
    internal ConcurrentDictionary<string, string> Fingerprints { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal TimeProvider Time => Options.Time;

    /// <summary>How the run ended, once the engine has run it.</summary>
    internal RunResult? Result { get; set; }

    /// <summary>Finds out what a run of a target would do.</summary>
    internal Func<string, CancellationToken, Task<IReadOnlyList<PlannedTarget>>> PlanAsync { get; set; } = (_, _) => throw new InvalidOperationException("nothing can be planned before the engine runs");

    /// <summary>Writes what is known of the run at this moment, for a run that is ended at once.</summary>
    internal Action Rescue { get; set; } = () => { };

    internal RunFolders Folders => folders ?? throw new InvalidOperationException("the folders of the run are known once the engine runs");

    internal void WorkIn(string working)
    {
        folders ??= RunFolders.Of(working, Variables("PIPELINE_HOME"), Time.GetUtcNow(), Options.NewRunId());
        if (Devices.IsGitHub)
            Annotations ??= new(Masker, folders.Working, Variables("GITHUB_WORKSPACE"));
    }

    internal void Mask(string secret, string what)
    {
        if (!Masker.Register(secret))
            throw new ArgumentException($"{what} has fewer than {SecretForms.ShortestMasked} characters and cannot be masked; use a longer one", nameof(secret));
        if (!Devices.IsGitHub)
            return;
        foreach (var form in SecretForms.ForRunner(secret))
            Display.Command(WorkflowCommand.Mask(form));
    }

    internal void WriteDocument(string document)
    {
        if (StandardOutputIsDocument)
            Devices.Out.WriteLine(Devices.IsGitHub ? WorkflowCommandGuard.DisarmDocument(Masker.Mask(document)) : Masker.Mask(document));
        else
            Router.Out.Write(document + "\n");
    }
}
