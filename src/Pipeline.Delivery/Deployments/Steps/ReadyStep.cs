using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Waits until every instance of the release says that it is ready.</summary>
internal sealed class ReadyStep : IDeploymentStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int LogLines = 20;
    private const int RestartsThatMeanItCannotStart = 3;

    public string Name => "ready";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var instances = await context.ObserveCandidatesAsync(cancellation);
            var answers = await Task.WhenAll(instances.Select(instance => context.Ports.Readiness.ProbeAsync(instance, cancellation)));
            if (instances.Count == context.Environment.Instances && answers.All(answer => answer.Ready))
                return $"{instances.Count} instances ready in {context.Time.GetElapsedTime(began).TotalSeconds:0.0} s";
            if (CannotStart(instances) || context.Time.GetElapsedTime(began) >= context.Environment.ReadyTimeout)
                throw new DeliveryException(await ExplainAsync(context, instances, answers, cancellation));
            await Task.Delay(Pause, context.Time, cancellation);
        }
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);

    private static bool CannotStart(IEnumerable<Instance> instances) => instances.Any(instance => instance.Restarts >= RestartsThatMeanItCannotStart);

    private static async Task<string> ExplainAsync(
        DeploymentContext context, IReadOnlyList<Instance> instances, IReadOnlyList<ProbeAnswer> answers, CancellationToken cancellation)
    {
        var parts = new List<string>
        {
            $"{context.Environment.Name}: release {context.Release.Version} "
                + (CannotStart(instances) ? "ends as often as it is started" : $"did not get ready within {context.Environment.ReadyTimeout.TotalSeconds:0} s")
                + "; mend what its log says and deploy again",
        };
        foreach (var (instance, answer) in instances.Zip(answers).Where(pair => !pair.Second.Ready))
        {
            var ended = instance.LastExit is null ? "" : $", ended with {instance.LastExit} and was started again {instance.Restarts} times";
            parts.Add($"  {instance.Id}: last probe: {answer.Text}{ended}; its last lines:");
            parts.AddRange((await context.Ports.Engine.ReadLogAsync(instance.Id, LogLines, cancellation)).Select(line => $"    {line}"));
        }
        parts.AddRange(context.InstanceIds().Except(instances.Select(instance => instance.Id)).Select(id => $"  {id}: does not exist"));
        return string.Join('\n', parts);
    }
}
