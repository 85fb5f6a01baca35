namespace Pipeline.Artifacts.Registry.Authorization;

/// <summary>What is to be done with which repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Actions">What is done there.</param>
/// <param name="AlsoRead">The name of another repository of the same registry that blobs are taken from; null for none.</param>
internal sealed record RegistryAccess(RegistryRepository Repository, RegistryActions Actions, string? AlsoRead = null)
{
    /// <summary>The scopes as token servers want them: https://distribution.github.io/distribution/spec/auth/scope.</summary>
    public IReadOnlyList<string> Scopes => AlsoRead is null ? [Scope(Repository.Name, Actions)] : [Scope(Repository.Name, Actions), Scope(AlsoRead, RegistryActions.Pull)];

    /// <summary>For messages.</summary>
    public string Verb => Actions == RegistryActions.Pull ? "pull from" : "push to";

    private static string Scope(string name, RegistryActions actions) => $"repository:{name}:{(actions == RegistryActions.Pull ? "pull" : "pull,push")}";
}

/// <summary>What may be done with a repository.</summary>
internal enum RegistryActions
{
    /// <summary>Reading.</summary>
    Pull,

    /// <summary>Reading and writing.</summary>
    Push,
}
