using Pipeline.Applications.Delivering;
using Pipeline.Applications.Stages;
using Pipeline.Delivery;
using Pipeline.Delivery.Gates;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Telling;

namespace Pipeline.Applications.Telling;

/// <summary>Who outside is told of an application's deployments.</summary>
/// <param name="house">The application.</param>
/// <param name="github">The GitHub that it belongs to.</param>
/// <param name="policy">What <c>--tell</c> says; null for nothing.</param>
/// <param name="addresses">Where users find its environments.</param>
/// <param name="hide">Takes secrets out of what people read.</param>
public sealed class DeploymentTellings(IApplicationHouse house, GitHubHouse github, string? policy, EnvironmentAddresses addresses, Func<string, string> hide)
{
    internal const string Required = "required";
    internal const string Later = "later";
    internal const string Never = "never";

    /// <summary>Who is told of a deployment to an environment.</summary>
    /// <exception cref="GateRefusedException">Somebody must be told, and there is nobody.</exception>
    public async Task<EnvironmentTelling> OfAsync(string environment, CancellationToken cancellation)
    {
        var servesNobodyElse = OwnMachine.Keeps(house.Stage(environment), github.IsInJob);
        // Of what serves nobody else nobody else wants to know, least of all that a laptop's own production has a new release.
        var wanted = policy ?? (servesNobodyElse ? Never : Later);
        if (wanted == Never)
            return EnvironmentTelling.ToNobody;
        var search = await github.FindAsync(cancellation);
        if (search.Access is not { } access)
            return wanted == Required
                ? throw new GateRefusedException($"{environment}: --tell required, and no GitHub is at hand: {search.Reason}; or pass --tell later; nothing was changed")
                : EnvironmentTelling.ToNobody;
        var target = house.Environments.Single(each => each.Name == environment);
        return new EnvironmentTelling(
            new(access.Name, addresses.Of(environment)) { Log = access.Run?.Page, IsProduction = target.RequiresRehearsal, IsTransient = servesNobodyElse },
            await TellerAsync(access, cancellation), environment, wanted == Required, house.Log, house.Time);
    }

    /// <summary>Tells GitHub now all that it was not told.</summary>
    /// <returns>What was told, and what GitHub does not take, a line each.</returns>
    /// <exception cref="DeliveryException">No GitHub is at hand, or it cannot be told anything more now.</exception>
    public async Task<IReadOnlyList<string>> TellAsync(CancellationToken cancellation)
    {
        var search = await github.FindAsync(cancellation);
        var access = search.Access ?? throw new DeliveryException($"GitHub cannot be told of anything: {search.Reason}");
        if (house.Ledger.WasNeverMade)
            return [];
        var report = await (await TellerAsync(access, cancellation)).TellAsync(cancellation);
        // What GitHub never takes, such as a commit that was not pushed, no run can tell: it is said, and fails none.
        return report.Broken is null
            ? [.. report.Told, .. report.Refused.Select(each => $"{access.Name} does not take it, and is told again next time: {each.Why}")]
            : throw new DeliveryException($"{access.Name}: {report.Left} facts are not told: {report.Shortfall}");
    }

    private async Task<DeploymentTeller> TellerAsync(GitHubAccess access, CancellationToken cancellation) =>
        new(access, await house.Ledger.TellingsAsync(cancellation), Actor.Present, house.Time) { Hide = hide };
}
