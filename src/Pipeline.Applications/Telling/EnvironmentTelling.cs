using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Telling;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Telling;
using Deployment = Pipeline.Delivery.Deployments.Deployment;

namespace Pipeline.Applications.Telling;

/// <summary>
/// Tells GitHub of one run's deployment: that it was begun while it goes on, and how it ended once it has. Users wait for neither. Where a policy requires it, a
/// deployment that GitHub cannot be told of is refused; a rollback never is.
/// </summary>
public sealed class EnvironmentTelling : IDeploymentWitness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GraceWhenStopped = TimeSpan.FromSeconds(5);

    private readonly DeploymentTeller? teller;
    private readonly string environment;
    private readonly bool isRequired;
    private readonly IDeliveryLog? log;
    private readonly TimeProvider time;
    private Task background = Task.CompletedTask;

    internal EnvironmentTelling(Listener listener, DeploymentTeller teller, string environment, bool isRequired, IDeliveryLog log, TimeProvider time) =>
        (Listener, this.teller, this.environment, this.isRequired, this.log, this.time) = (listener, teller, environment, isRequired, log, time);

    private EnvironmentTelling() => (environment, time) = ("", TimeProvider.System);

    /// <summary>Nobody is told.</summary>
    public static EnvironmentTelling ToNobody { get; } = new();

    /// <summary>Who is told; null for nobody.</summary>
    public Listener? Listener { get; }

    /// <summary>
    /// Where telling is required: tells what is left of earlier runs, and so finds out whether GitHub can be told. What it does not take of earlier deployments it may never take,
    /// and says nothing of this one.
    /// </summary>
    /// <exception cref="GateRefusedException">It cannot.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        if (!isRequired)
            return;
        Func<CancellationToken, Task<TellingReport>>[] attempts = [teller!.TellAsync, ReachAsync];
        foreach (var tell in attempts)
        {
            if ((await TryAsync(tell, TimeSpan.Zero, cancellation)).Against(deployment: null) is { } why)
                throw Refused(why);
        }
    }

    /// <inheritdoc />
    public async Task SeeBegunAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (teller is null)
            return;
        if (!isRequired || deployment.Kind == DeploymentKind.Rollback)
            background = Task.Run(() => TryAsync(teller.TellAsync, TimeSpan.Zero, cancellation), CancellationToken.None);
        else if ((await TryAsync(teller.TellAsync, TimeSpan.Zero, cancellation)).Against(deployment.Id) is { } why)
            throw Refused(why);
    }

    /// <summary>Runs a deployment and tells how it ended, whichever way it does. Telling never fails one that succeeded, and takes no fault's place.</summary>
    internal async Task<Deployment> ThroughAsync(Func<Task<Deployment>> deploy, CancellationToken cancellation)
    {
        try
        {
            return await deploy();
        }
        finally
        {
            if (teller is not null)
                await EndAsync(cancellation);
        }
    }

    private async Task<TellingReport> ReachAsync(CancellationToken cancellation)
    {
        await teller!.ReachAsync(environment, cancellation);
        return new([], [], 0, null);
    }

    private async Task EndAsync(CancellationToken cancellation)
    {
        await background;
        if ((await TryAsync(teller!.TellAsync, GraceWhenStopped, cancellation)).Shortfall is { } why)
            log!.Warning($"{environment}: {Listener!.Name} could not be told everything of its deployments: {why}; the ledger keeps what is left, and the next deployment or --target TellGitHub tells it");
    }

    /// <param name="tell">Tells something.</param>
    /// <param name="grace">How long it goes on once the run is stopped.</param>
    /// <param name="cancellation">Stops the run.</param>
    private async Task<Attempt> TryAsync(Func<CancellationToken, Task<TellingReport>> tell, TimeSpan grace, CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource(Limit, time);
        await using var stopped = cancellation.Register(() => end.CancelAfter(grace));
        try
        {
            var report = await tell(end.Token);
            foreach (var line in report.Told)
                log!.Information($"told {Listener!.Name}: {line}");
            return new(report, null);
        }
        catch (OperationCanceledException)
        {
            return new(null, !cancellation.IsCancellationRequested ? $"it took longer than {Limit.TotalSeconds:0} s"
                : grace > TimeSpan.Zero ? $"the run was stopped, and GitHub did not answer within {grace.TotalSeconds:0} s"
                : "the run was stopped");
        }
        catch (Exception fault) when (fault is DeliveryException or GitHubException)
        {
            return new(null, fault.Message);
        }
#pragma warning disable CA1031 // A deployment is what it is whatever befalls the telling of it; the fault becomes its warning, or where telling is required the refusal.
        catch (Exception unexpected)
        {
            return new(null, $"an unexpected {unexpected.GetType().Name}: {unexpected.Message}");
        }
#pragma warning restore CA1031
    }

    private GateRefusedException Refused(string why) =>
        new($"{environment}: --tell required, and {Listener!.Name} cannot be told of deployments: {why}; mend that, or pass --tell later; nothing was changed");

    /// <summary>What became of telling: a report, or why there is none.</summary>
    private sealed record Attempt(TellingReport? Report, string? Fault)
    {
        public string? Shortfall => Fault ?? Report!.Shortfall;

        public string? Against(long? deployment) => Fault ?? Report!.Against(deployment);
    }
}
