using Pipeline.GitHub.Rehearsal.Jobs;
using Pipeline.GitHub.Rehearsal.Jobs.Output;
using Pipeline.GitHub.Rehearsal.Jobs.Processes;
using Pipeline.GitHub.Rehearsal.Reading;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>What takes an action's place in a rehearsal.</summary>
internal abstract class StandIn
{
    /// <summary><c>owner/name</c> of the action.</summary>
    internal abstract string Action { get; }

    /// <summary>What it does in the action's place, for the log.</summary>
    internal abstract string Instead { get; }

    /// <summary>The inputs that it heeds.</summary>
    internal abstract IReadOnlyList<string> Inputs { get; }

    /// <summary>Inputs that make no difference to a rehearsal, and why.</summary>
    internal virtual IReadOnlyList<string> Ignored => [];

    /// <summary>Does it, and says what it hands on.</summary>
    /// <exception cref="ActionException">The action would have failed, or could not do here what it is asked for.</exception>
    internal abstract Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation);

    /// <summary>What keeps a use of it from being rehearsed.</summary>
    internal IEnumerable<(int Line, string Fault)> Examine(StepSource step) => step.With
        .Where(input => !Inputs.Concat(Ignored).Contains(input.Name, StringComparer.OrdinalIgnoreCase))
        .Select(input => (input.Line, $"{Action}: its stand-in does not know the input {input.Name}; it knows {string.Join(", ", Inputs.Concat(Ignored))}"));
}

/// <summary>A use of an action whose turn has come.</summary>
internal sealed record ActionCall(JobPlan Job, JobLog Log, IReadOnlyDictionary<string, string> With, IReadOnlyDictionary<string, string> Environment, ScriptProcess Process)
{
    internal string? Input(string name) => With.FirstOrDefault(input => input.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? value : null;

    internal bool Is(string name, bool otherwise) => Input(name) switch
    {
        null => otherwise,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        var other => throw new ActionException($"{name} is '{other}'; write true or false"),
    };

    /// <summary>A path of the workspace.</summary>
    internal string InWorkspace(string path) => Path.GetFullPath(path, Job.Folders.Workspace);
}
