using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>What is to be rehearsed, and with what.</summary>
public sealed record RehearsalRequest
{
    /// <summary>The folder of the repository whose last commit is rehearsed.</summary>
    public required string Repository { get; init; }

    /// <summary>The workflow: the name of its file in <c>.github/workflows</c>, with or without <c>.yml</c>.</summary>
    public required string Workflow { get; init; }

    /// <summary>The only job to run; what it needs is taken from the last rehearsal of this commit, or runs before it. All jobs when null.</summary>
    public string? Job { get; init; }

    /// <summary>What begins the workflow, such as <c>push</c>; the first of <c>push</c>, <c>pull_request</c>, <c>workflow_dispatch</c> that does when null.</summary>
    public string? Event { get; init; }

    /// <summary>What a person entered who starts it. Only for <c>workflow_dispatch</c>.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The repository's configuration variables.</summary>
    public ProvidedSettings Variables { get; init; } = ProvidedSettings.None;

    /// <summary>The repository's secrets.</summary>
    public ProvidedSettings Secrets { get; init; } = ProvidedSettings.None;

    /// <summary>Whose rehearsal it is: the actor, and who approves.</summary>
    public required string Actor { get; init; }

    /// <summary>The repository's name on GitHub; what the remote <c>origin</c> names when null, else one made of the folder's.</summary>
    public RepositoryName? Name { get; init; }

    /// <summary>The folder for what a rehearsal keeps: what jobs handed on, their logs.</summary>
    public required string State { get; init; }

    /// <summary>Folders that jobs without needs begin with once they have checked out, which a runner does not have: the place within the clone, and what is copied there.</summary>
    public IReadOnlyDictionary<string, string> BeginsWith { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders that every job has once it has checked out, which a runner does not have: the place within the clone, and what is copied there.</summary>
    public IReadOnlyDictionary<string, string> EveryJobHas { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the clones are left for looking.</summary>
    public bool KeepsClones { get; init; }
}

/// <summary>Variables or secrets as the settings of a repository hold them.</summary>
/// <param name="OfRepository">For all jobs.</param>
/// <param name="OfEnvironment">For jobs of an environment, over those.</param>
public sealed record ProvidedSettings(IReadOnlyDictionary<string, string> OfRepository, Func<string, IReadOnlyDictionary<string, string>> OfEnvironment)
{
    /// <summary>None at all.</summary>
    public static ProvidedSettings None { get; } = new(new Dictionary<string, string>(), _ => new Dictionary<string, string>());

    internal IReadOnlyDictionary<string, string> For(string? environment)
    {
        var all = new Dictionary<string, string>(OfRepository, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment is null ? new Dictionary<string, string>() : OfEnvironment(environment))
            all[name] = value;
        return all;
    }
}
