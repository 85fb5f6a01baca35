using Pipeline.Applications.Delivering;
using Pipeline.Applications.Stages;

namespace Pipeline.Applications.Telling;

/// <summary>Where users find the environments of an application.</summary>
/// <param name="house">The application.</param>
/// <param name="github">Says whether this is a part of a job.</param>
/// <param name="given">What was said of an environment, as with <c>--production-url</c>; null for nothing.</param>
public sealed class EnvironmentAddresses(IApplicationHouse house, GitHubHouse github, Func<string, Uri?> given)
{
    /// <summary>Where users find an environment: what was said, else the address of its edge.</summary>
    /// <param name="environment">The environment.</param>
    public Uri Of(string environment) => given(environment) ?? house.Environments.Single(each => each.Name == environment).Url;

    /// <summary>
    /// A link to an environment for whoever reads of this run; null where the edge's address would lead them astray: in a job on GitHub an address of the runner itself, and
    /// one of hosts that the job was not told.
    /// </summary>
    /// <param name="environment">The environment.</param>
    public Uri? FindLink(string environment)
    {
        var address = Of(environment);
        return given(environment) is null && github.IsInJob && (address.IsLoopback || house.Stage(environment).Hosts == StageHosts.Found) ? null : address;
    }
}
