using System.Runtime.CompilerServices;
using Build.Environments;
using Build.Workflows;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;

namespace Build.Diagnosis.OnGitHub;

/// <summary>Reads the settings that the jobs of an environment depend on, and says what it sees.</summary>
/// <param name="environment">The environment.</param>
/// <param name="access">The repository.</param>
public sealed class RepositorySettings(ShopEnvironment environment, GitHubAccess access)
{
    private readonly GitHubRepository repository = access.Repository;

    private readonly string settings = $"{access.Server.GetLeftPart(UriPartial.Authority)}/{access.Repository.Name}/settings";

    public async IAsyncEnumerable<Observation> ObserveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = ShopEnvironments.OnGitHub(environment.Name);
        var (present, unread) = await TryAsync(async () => await repository.Environments.ListAsync(cancellation).ToListAsync(cancellation));
        var surelyAbsent = present is null ? [] : names.Where(name => Find(present, name) is null).ToArray();
        foreach (var name in names)
        {
            await foreach (var observation in ProtectionAsync(name, present, unread, cancellation))
                yield return observation;
        }
        var needed = NeededSettings.Of(environment.Name);
        foreach (var kind in Enum.GetValues<SettingKind>())
        {
            var places = await SettingPlaces.ReadAsync(kind, repository, [.. names.Except(surelyAbsent)], cancellation);
            foreach (var observation in SettingObservations.Of([.. needed.Where(setting => setting.Kind == kind)], places))
                yield return observation;
        }
        await foreach (var observation in PermissionsAsync(cancellation))
            yield return observation;
    }

    private async IAsyncEnumerable<Observation> ProtectionAsync(
        string name, List<DeploymentEnvironment>? present, string unread, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var deploys = name == environment.Name;
        var observations = new ProtectionObservations(
            name, deploys && environment.Approval.IsNeeded, environment.Approval.IsNeeded || name == ShopEnvironments.Build, $"{settings}/environments");
        if (present is null)
        {
            yield return observations.Unread("whether it is there, and its protection,", unread);
            yield break;
        }
        if (Find(present, name) is not { } found)
        {
            yield return observations.Absent();
            yield break;
        }
        foreach (var observation in observations.Reviewers(found))
            yield return observation;
        if (found.DeploymentBranchPolicy is not { CustomBranchPolicies: true })
        {
            yield return observations.Branches(found.DeploymentBranchPolicy);
            yield break;
        }
        var (patterns, refused) = await TryAsync(async () => await repository.Environments.ListBranchesAsync(name, cancellation).ToListAsync(cancellation));
        yield return patterns is null ? observations.Unread("the branches that may deploy there", refused) : observations.Branches(patterns);
    }

    private async IAsyncEnumerable<Observation> PermissionsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var observations = new PermissionObservations($"{settings}/actions");
        var (workflows, refused) = await TryAsync(() => repository.Settings.ReadPermissionsAsync(cancellation));
        yield return workflows is null ? observations.Unread("which workflows and actions may run", refused) : observations.Workflows(workflows);
        var (tokens, unread) = await TryAsync(() => repository.Settings.ReadDefaultPermissionsAsync(cancellation));
        foreach (var observation in tokens is null ? [observations.Unread("what tokens may do", unread)] : observations.Tokens(tokens))
            yield return observation;
    }

    // GitHub compares the names of environments without their case.
    private static DeploymentEnvironment? Find(List<DeploymentEnvironment> present, string name) => present.Find(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));

    private static async Task<(T? Read, string Refused)> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return (await read(), "");
        }
        catch (GitHubException refused) when (refused.Fault is GitHubFault.Forbidden or GitHubFault.NotFound)
        {
            return (null, refused.Message);
        }
    }
}
