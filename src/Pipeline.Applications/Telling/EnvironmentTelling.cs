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
    private static readonly TimeSpan LimitWhenStopped = TimeSpan.FromSeconds(5);

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

    /// <summary>Where telling is required: tells what is left of earlier runs, and so finds out whether GitHub can be told.</summary>
    /// <exception cref="GateRefusedException">It cannot.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        if (isRequired && (await TryAsync(teller!.TellAsync, Limit, cancellation) ?? await TryAsync(ReachAsync, Limit, cancellation)) is { } why)
            throw Refused(why);
    }

    /// <inheritdoc />
    public async Task SeeBegunAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        if (teller is null)
            return;
        if (!isRequired || deployment.Kind == DeploymentKind.Rollback)
            background = Task.Run(() => TryAsync(teller.TellAsync, Limit, cancellation), CancellationToken.None);
        else if (await TryAsync(teller.TellAsync, Limit, cancellation) is { } why)
            throw Refused(why);
    }

    /// <summary>Runs a deployment and tells how it ended, whichever way it does.</summary>
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
        if (await TryAsync(teller!.TellAsync, cancellation.IsCancellationRequested ? LimitWhenStopped : Limit, CancellationToken.None) is { } why)
            log!.Warning($"{environment}: {Listener!.Name} could not be told everything of its deployments: {why}; the ledger keeps what is left, and the next deployment or --target TellGitHub tells it");
    }

    /// <returns>Why not everything was told; null when it was.</returns>
    private async Task<string?> TryAsync(Func<CancellationToken, Task<TellingReport>> tell, TimeSpan limit, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var report = await tell(stop.Token);
            foreach (var line in report.Told)
                log!.Information($"told {Listener!.Name}: {line}");
            return report.Shortfall;
        }
        catch (OperationCanceledException)
        {
            return late.IsCancellationRequested ? $"it took longer than {limit.TotalSeconds:0} s" : "the run was stopped";
        }
        catch (Exception fault) when (fault is DeliveryException or GitHubException)
        {
            return fault.Message;
        }
    }

    private GateRefusedException Refused(string why) =>
        new($"{environment}: --tell required, and {Listener!.Name} cannot be told of deployments: {why}; mend that, or pass --tell later; nothing was changed");
}
