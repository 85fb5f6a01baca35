using Pipeline.GitHub.Rehearsal.Expressions;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>A workflow as it is written.</summary>
internal sealed record WorkflowSource
{
    /// <summary>Its file within the repository.</summary>
    internal required string File { get; init; }

    internal required string Name { get; init; }

    internal required Triggers On { get; init; }

    internal required IReadOnlyList<Setting> Env { get; init; }

    /// <summary>What the token may do in a job that does not say so itself; null where the workflow does not say so either.</summary>
    internal required TokenPermissions? Permissions { get; init; }

    internal required IReadOnlyList<JobSource> Jobs { get; init; }

    internal JobSource Job(string id) => Jobs.First(job => job.Id == id);
}

/// <summary>A name and its value.</summary>
internal sealed record Setting(string Name, Template Value, int Line);

/// <summary>What begins a workflow.</summary>
/// <param name="Events">Their names, in the order in which they are written.</param>
/// <param name="Branch">The first branch without a pattern that a push must go to; null where there is none.</param>
/// <param name="Inputs">What a person who starts it is asked for.</param>
internal sealed record Triggers(IReadOnlyList<string> Events, string? Branch, IReadOnlyList<InputSource> Inputs);

/// <summary>Something that a person is asked for who starts a workflow.</summary>
internal sealed record InputSource(string Name, string Type, string? Default, bool IsRequired, IReadOnlyList<string> Options);

/// <summary>What the token of a job may do, scope by scope.</summary>
/// <param name="Scopes"><c>read</c> or <c>write</c> for each scope that is given.</param>
/// <param name="OfAllOthers">The same for every other scope; null for nothing.</param>
internal sealed record TokenPermissions(IReadOnlyDictionary<string, string> Scopes, string? OfAllOthers = null)
{
    /// <summary>What GitHub gives where nothing is said, with the setting that is the default for new repositories.</summary>
    internal static TokenPermissions Unsaid { get; } = new(new Dictionary<string, string> { ["contents"] = "read", ["packages"] = "read" });

    internal bool Allows(string scope, string access) => (Scopes.GetValueOrDefault(scope) ?? OfAllOthers) is { } given && given != "none" && (given == "write" || access == "read");

    /// <inheritdoc />
    public override string ToString() => OfAllOthers is not null ? $"{OfAllOthers}-all"
        : Scopes.Count == 0 ? "nothing"
        : string.Join(", ", Scopes.OrderBy(scope => scope.Key, StringComparer.Ordinal).Select(scope => $"{scope.Key}: {scope.Value}"));
}
