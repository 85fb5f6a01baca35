using Pipeline.Applications.Approving;
using Pipeline.Applications.Databases;
using Pipeline.Applications.Stages;
using Pipeline.Applications.Telling;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Targets;

namespace Pipeline.Applications.Delivering;

/// <summary>What targets do with the delivery of an application, each in a call.</summary>
/// <param name="house">The application.</param>
/// <param name="mask">Keeps the environments' secrets out of all that the run writes.</param>
/// <param name="approvals">Whom deployments ask for approval.</param>
/// <param name="tellings">Who outside is told of deployments.</param>
public sealed class ApplicationDelivery(IApplicationHouse house, SecretMask mask, EnvironmentApprovals approvals, DeploymentTellings tellings)
{
    /// <summary>The release inside an artifact.</summary>
    public Task<Release> ReadReleaseAsync(Digest digest, CancellationToken cancellation) => house.Store.ReadReleaseAsync(digest, cancellation);

    /// <summary>A release as if it served, for what needs to know only which one it is.</summary>
    public async Task<Deployment> DescribeAsync(string environment, Digest digest, CancellationToken cancellation) =>
        new(environment, Find(environment).Url, await ReadReleaseAsync(digest, cancellation), house.Time.GetUtcNow());

    /// <summary>Puts a release into an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="release">The release.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Stops it; the next run goes on.</param>
    public async Task<Deployment> DeployAsync(string environment, Release release, string? reason, CancellationToken cancellation)
    {
        MaskSecrets(environment);
        LastingPlace.Require(house.Stage(environment), environment, System.Environment.GetEnvironmentVariable);
        var telling = await tellings.OfAsync(environment, cancellation);
        await telling.RequireAsync(cancellation);
        var deployer = await house.DeployerAsync(environment, approvals.Of(house.Stage(environment)), telling, cancellation);
        return await telling.ThroughAsync(
            () => deployer.DeployAsync(new(Find(environment), release, DeploymentKind.Deploy, Actor.Present, reason) { Listener = telling.Listener }, cancellation), cancellation);
    }

    /// <summary>Returns an environment to its previous release, or to one that is named.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="named">The release, by digest or version; null for the previous one.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Stops it; the next run goes on.</param>
    public async Task<Deployment> RollbackAsync(string environment, string? named, string? reason, CancellationToken cancellation)
    {
        MaskSecrets(environment);
        LastingPlace.Require(house.Stage(environment), environment, System.Environment.GetEnvironmentVariable);
        var ledger = await house.Ledger.ReadAsync(cancellation);
        var to = named is not null
            ? await ledger.FindReleaseAsync(named, cancellation) ?? throw new GateRefusedException($"{environment}: the ledger knows no release '{named}'; --target Status names those in place")
            : null;
        var telling = await tellings.OfAsync(environment, cancellation);
        var deployer = await house.DeployerAsync(environment, approvals.Of(house.Stage(environment)), telling, cancellation);
        return await telling.ThroughAsync(() => deployer.RollbackAsync(new(to?.Digest, Actor.Present, reason) { Listener = telling.Listener }, cancellation), cancellation);
    }

    /// <summary>Attaches evidence made outside of any environment, such as a passed test run, to a release.</summary>
    public async Task AttachEvidenceAsync(Release release, string environment, string check, string detail, CancellationToken cancellation)
    {
        var ledger = await house.Ledger.ReadAsync(cancellation);
        await ledger.RecordRehearsalAsync(
            release, new(release.Digest, environment, check, Passed: true, house.Time.GetUtcNow(), Actor.Present, detail), cancellation);
    }

    /// <summary>Runs the environment's checks as users would, and records what they found as evidence on the release.</summary>
    public async Task<Rehearsal> RehearseAsync(string environment, Release release, string check, CancellationToken cancellation)
    {
        MaskSecrets(environment);
        var ledger = await house.Ledger.ReadAsync(cancellation);
        var ports = house.Ports(environment, ledger);
        var report = await ports.Smoke.RunAsync(ports.Environment, route: null, cancellation);
        report.Tell(house.Log);
        var detail = report.Passed ? $"{report.Checks.Count} checks passed" : report.Failures;
        var rehearsal = new Rehearsal(release.Digest, environment, check, report.Passed, house.Time.GetUtcNow(), Actor.Present, detail);
        await ledger.RecordRehearsalAsync(release, rehearsal, cancellation);
        return report.Passed
            ? rehearsal
            : throw new DeliveryException($"{environment}: release {release.Version} ({release.Digest.Abbreviated}) fails its rehearsal: {detail}; mend it and run --target SmokeTest again");
    }

    /// <summary>Judges what serves an environment now, without a deployment.</summary>
    public async Task VerifyAsync(string environment, CancellationToken cancellation)
    {
        var ports = house.Ports(environment, await house.Ledger.ReadAsync(cancellation));
        var active = (await ports.Edge.ObserveAsync(cancellation))?.Active()
            ?? throw new DeliveryException($"{environment}: nothing serves at {ports.Environment.Url}; deploy first with --target PromoteProduction");
        var report = await ports.Verification.VerifyAsync(ports.Environment, active.Colour, baseline: null, cancellation);
        report.Tell(house.Log);
        if (!report.Passed)
            throw new DeliveryException($"{environment}: {report.Failures}; go back with --target Rollback");
    }

    /// <summary>Tells which migrations of a release an environment has, which it lacks, and what stands against applying them. Applies nothing.</summary>
    public async Task DescribeMigrationsAsync(string environment, Digest digest, CancellationToken cancellation)
    {
        var ports = house.Ports(environment, await house.Ledger.ReadAsync(cancellation));
        var release = await ReadReleaseAsync(digest, cancellation);
        var status = await ports.Migrator.ObserveAsync(release, cancellation);
        foreach (var migration in release.Migrations)
            house.Log.Information($"{(status.Pending.Contains(migration) ? "to apply" : "applied "),-10}{migration.Id}{(migration.BackwardCompatible ? "" : "  (no way back)")}");
        foreach (var migration in status.Beyond)
            house.Log.Information($"{"beyond",-10}{migration.Id}  (applied by a newer release{(migration.BackwardCompatible ? "" : ", no way back")})");
        if (status.Faults.Count > 0)
            throw new DeliveryException($"{environment}: migrations of {release.Version} cannot be applied:\n  {string.Join("\n  ", status.Faults)}");
    }

    /// <summary>Looks at one environment, or at all. Leaves everything as it was.</summary>
    public async Task<IReadOnlyList<EnvironmentObservation>> ObserveAsync(string? environment, CancellationToken cancellation)
    {
        var wanted = house.Environments.Where(each => environment is null || each.Name == environment).ToArray();
        if (house.Ledger.WasNeverMade && house.Environments.All(each => !Directory.Exists(house.Paths.Environment(each.Name))))
            return await Task.WhenAll(wanted.Select(each => ObserveUnrecordedAsync(each, cancellation)));
        return await house.Ledger.LookAsync(async ledger =>
        {
            var observations = new List<EnvironmentObservation>();
            foreach (var each in wanted)
                observations.Add(await new EnvironmentObserver(house.Ports(each.Name, ledger), ledger).ObserveAsync(cancellation));
            return observations;
        }, cancellation);
    }

    /// <summary>The deployment of a release when it serves the environment, healthy and with the present settings; null when not. Starts nothing.</summary>
    public async Task<Deployment?> FindServingAsync(string environment, Digest digest, CancellationToken cancellation) =>
        await house.Ledger.FindAsync(cancellation) is { } ledger
            ? await new ServingDeployment(house.Ports(environment, ledger), ledger).FindAsync(await ReadReleaseAsync(digest, cancellation), cancellation)
            : null;

    /// <summary>The newest evidence of a kind on a release; null when there is none.</summary>
    public async Task<Rehearsal?> FindEvidenceAsync(string environment, Digest digest, string check, CancellationToken cancellation) => house.Ledger.WasNeverMade
        ? null
        : await house.Ledger.LookAsync(
            async ledger => (await ledger.ReadRehearsalsAsync(digest, cancellation)).FirstOrDefault(rehearsal => rehearsal.Environment == environment && rehearsal.Check == check),
            cancellation);

    /// <summary>Keeps an environment's secrets out of all that this run writes.</summary>
    public void MaskSecrets(string environment)
    {
        foreach (var secret in house.Secrets(environment))
            mask.Mask(secret, $"a secret of {environment}");
    }

    // What this clone never put anywhere others may have: hosts are asked all the same.
    private async Task<EnvironmentObservation> ObserveUnrecordedAsync(DeliveryEnvironment environment, CancellationToken cancellation)
    {
        if (!house.Stage(environment.Name).OutlivesClones)
            return EnvironmentObservation.Absent(environment.Name, environment.Url);
        var nothing = new UnmadeLedger();
        var seen = await new EnvironmentObserver(house.Ports(environment.Name, nothing), nothing).ObserveAsync(cancellation);
        return seen is { State: EnvironmentState.Absent, Problems: [] }
            ? seen
            : seen with { Problems = [.. seen.Problems, $"there is no ledger in {house.Paths.Ledger}; name the one of those who deploy here with PIPELINE_LEDGER"] };
    }

    private DeliveryEnvironment Find(string name) => house.Environments.Single(environment => environment.Name == name);
}
