using Pipeline.Applications.Delivering;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Instances;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>What a person may do with running instances: read their logs, and go inside.</summary>
/// <param name="house">The application.</param>
/// <param name="delivery">Knows its releases.</param>
public sealed class InstanceAccess(IApplicationHouse house, ApplicationDelivery delivery)
{
    private const string ShellCheck = "shell";

    /// <summary>Shows the last lines of instances, and with <c>--follow</c> those that come.</summary>
    public async Task ShowLogsAsync(TargetContext context, string environment, CancellationToken cancellation)
    {
        var target = house.Environments.Single(each => each.Name == environment);
        delivery.MaskSecrets(environment);
        var wanted = await FindAsync(target, context.Get(DeliveryParameters.Instance), cancellation);
        var lines = context.Get(DeliveryParameters.Lines);
        if (context.Get(DeliveryParameters.Follow))
            await Task.WhenAll(wanted.Select(instance => FollowAsync(context, Console(target), instance.Id, lines, cancellation)));
        else
            await ShowAsync(context, house.Stage(target.Name).Engine, wanted, lines, cancellation);
    }

    /// <summary>Opens a shell inside an instance. Where a rehearsal is needed before a deployment, a reason is needed too, and both go into the ledger.</summary>
    /// <exception cref="GateRefusedException">No reason is given.</exception>
    public async Task OpenShellAsync(TargetContext context, string environment, CancellationToken cancellation)
    {
        var target = house.Environments.Single(each => each.Name == environment);
        var reason = context.Get(DeliveryParameters.Reason);
        if (target.RequiresRehearsal && reason is null)
            throw new GateRefusedException($"{environment}: a shell there needs a reason, which the ledger keeps; pass --reason with why");
        // A reason that quotes a secret goes into the ledger without it.
        delivery.MaskSecrets(environment);
        var instance = (await FindAsync(target, context.Get(DeliveryParameters.Instance), cancellation))[0];
        if (target.RequiresRehearsal)
            await RecordAsync(target, instance, reason!, cancellation);
        context.Say($"{instance.Id}: {instance.Digest.Abbreviated}; leave the shell with exit");
        var code = await Console(target).OpenShellAsync(instance.Id, cancellation);
        context.Say($"{instance.Id}: the shell ended with {code}");
    }

    private async Task<IReadOnlyList<Instance>> FindAsync(DeliveryEnvironment environment, string? id, CancellationToken cancellation)
    {
        var instances = await ObserveAsync(environment, cancellation);
        var wanted = instances.Where(instance => id is null || instance.Id == id).OrderBy(instance => instance.Id, StringComparer.Ordinal).ToList();
        if (wanted.Count > 0)
            return wanted;
        throw new DeliveryException(instances.Count == 0
            ? $"{environment.Name}: there is no instance; deploy first with --target PromoteProduction"
            : $"{environment.Name}: there is no instance '{id}'; there are {string.Join(", ", instances.Select(instance => instance.Id))}");
    }

    private async Task<IReadOnlyList<Instance>> ObserveAsync(DeliveryEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            return await house.Stage(environment.Name).Engine.ObserveAsync(cancellation);
        }
        catch (PartlyObservedException partly)
        {
            house.Log.Warning(partly.Message);
            return partly.Seen;
        }
    }

    private IInstanceConsole Console(DeliveryEnvironment environment) => (IInstanceConsole)house.Stage(environment.Name).Engine;

    private static async Task ShowAsync(TargetContext context, IEngine engine, IEnumerable<Instance> instances, int lines, CancellationToken cancellation)
    {
        foreach (var instance in instances)
        {
            foreach (var line in await engine.ReadLogAsync(instance.Id, lines, cancellation))
                context.Say($"{instance.Id}  {line}");
        }
    }

    private static async Task FollowAsync(TargetContext context, IInstanceConsole console, string id, int lines, CancellationToken cancellation)
    {
        await foreach (var line in console.FollowLogAsync(id, lines, cancellation))
            context.Say($"{id}  {line}");
        context.Say($"{id}  (ended)");
    }

    private async Task RecordAsync(DeliveryEnvironment environment, Instance instance, string reason, CancellationToken cancellation)
    {
        var ledger = await house.Ledger.ReadAsync(cancellation);
        var release = await ledger.FindReleaseAsync(instance.Digest.Value, cancellation) ?? await delivery.ReadReleaseAsync(instance.Digest, cancellation);
        await ledger.RecordRehearsalAsync(
            release,
            new Rehearsal(release.Digest, environment.Name, ShellCheck, Passed: true, house.Time.GetUtcNow(), Actor.Present, $"{instance.Id}: {reason}"),
            cancellation);
    }
}
