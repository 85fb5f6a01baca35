using Pipeline.GitHub.Rest;

namespace Build.Diagnosis.OnGitHub;

/// <summary>Where jobs find one kind of settings: in their environment, in the repository, in its organization.</summary>
/// <param name="Everywhere">What every job finds.</param>
/// <param name="Environments">What only the jobs of an environment find, by its name.</param>
public sealed record SettingPlaces(IReadOnlyList<NameList> Everywhere, IReadOnlyDictionary<string, NameList> Environments)
{
    /// <summary>Reads the names of all that is set.</summary>
    /// <param name="kind">Secrets or variables.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="environments">The environments that are asked; one that is surely not there holds nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SettingPlaces> ReadAsync(SettingKind kind, GitHubRepository repository, IReadOnlyList<string> environments, CancellationToken cancellation)
    {
        var isSecret = kind == SettingKind.Secret;
        var what = isSecret ? "secrets" : "variables";
        var settings = repository.Settings;
        var own = await NameList.ReadAsync($"{what} of the repository", isSecret ? Names(settings.ListSecretsAsync(cancellation)) : Names(settings.ListVariablesAsync(cancellation)));
        var shared = await NameList.ReadAsync(
            $"{what} of the organization", isSecret ? Names(settings.ListOrganizationSecretsAsync(cancellation)) : Names(settings.ListOrganizationVariablesAsync(cancellation)));
        // Who may list the repository's may list these: a repository without an organization has none.
        if (own.Names is not null && shared.IsNotThere)
            shared = new(shared.Place, new HashSet<string>(), "");
        Dictionary<string, NameList> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in environments)
        {
            found[name] = await NameList.ReadAsync(
                $"{what} of environment {name}", isSecret ? Names(repository.Environments.ListSecretsAsync(name, cancellation)) : Names(repository.Environments.ListVariablesAsync(name, cancellation)));
        }
        return new([own, shared], found);
    }

    /// <summary>All places that a job asks.</summary>
    /// <param name="environment">The job's environment; null for the repository and its organization alone.</param>
    public IEnumerable<NameList> Asked(string? environment) => environment is not null && Environments.TryGetValue(environment, out var own) ? [own, .. Everywhere] : Everywhere;

    private static IAsyncEnumerable<string> Names(IAsyncEnumerable<KeptSecret> secrets) => secrets.Select(secret => secret.Name);

    // What is set to nothing arrives as what is not set.
    private static IAsyncEnumerable<string> Names(IAsyncEnumerable<KeptVariable> variables) => variables.Where(variable => variable.Value.Length > 0).Select(variable => variable.Name);
}
