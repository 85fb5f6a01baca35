namespace Pipeline.Targets.Evidence;

/// <summary>Who runs this, where, and on which commit.</summary>
internal sealed class Provenance(string root, Func<string, string?> environment)
{
    private readonly Lazy<string?> commit = new(() => Fingerprints.GitProcess.Commit(root));

    internal string Who { get; } = environment("GITHUB_ACTOR") is { Length: > 0 } actor ? actor : Environment.UserName;

    internal string Where { get; } = environment("GITHUB_RUN_ID") is { Length: > 0 } run
        ? $"{environment("GITHUB_SERVER_URL")}/{environment("GITHUB_REPOSITORY")}/actions/runs/{run}"
        : Environment.MachineName;

    internal string? Commit => commit.Value;
}
