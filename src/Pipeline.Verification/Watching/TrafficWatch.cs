using System.Globalization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Verification.Watching.Judging;
using Pipeline.Verification.Watching.Observing;

namespace Pipeline.Verification.Watching;

/// <summary>
/// Watches a release that has just got the traffic: reads what the edge counts, asks the critical endpoints itself at a steady rate, and has a
/// <see cref="ReleaseJudge"/> judge both. Ends early when a rule is surely broken.
/// </summary>
public sealed class TrafficWatch : IPostDeployVerification
{
    private readonly IEdge edge;
    private readonly TrafficWatchOptions options;
    private readonly TimeProvider time;
    private readonly ReleaseJudge judge;

    /// <summary>Prepares a watch.</summary>
    /// <param name="edge">The edge of the environment.</param>
    /// <param name="options">How to watch.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of bounds; the message names all that are.</exception>
    public TrafficWatch(IEdge edge, TrafficWatchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(edge);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        (this.edge, this.options, this.time) = (edge, options, time);
        judge = new ReleaseJudge(options.Rules);
    }

    /// <inheritdoc />
    public async Task<CheckReport> VerifyAsync(DeliveryEnvironment environment, Colour colour, TrafficBaseline? baseline, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environment);
        using var traffic = new SyntheticTraffic(environment.Url, options, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = traffic.RunAsync(stop.Token);
        try
        {
            return await WatchAsync(environment, colour, baseline, traffic, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }
    }

    private async Task<CheckReport> WatchAsync(
        DeliveryEnvironment environment, Colour colour, TrafficBaseline? baseline, SyntheticTraffic traffic, CancellationToken cancellation)
    {
        var planned = environment.Watch > options.LeastWatch ? environment.Watch : options.LeastWatch;
        var looks = (int)Math.Ceiling(planned / options.Interval);
        var readings = new SideReadings(colour, time);
        var started = time.GetTimestamp();
        while (true)
        {
            readings.Add(await EdgeReading.TakeAsync(edge, time, cancellation));
            var evidence = new WatchEvidence(readings.Traffic, readings.Destinations, readings.UnseenFor, traffic.Tallies(), baseline);
            options.Progress?.Report(evidence);
            var watched = time.GetElapsedTime(started);
            if (watched >= planned)
                return Report(judge.Judge(evidence, JudgeMoment.End, looks), watched, planned);
            var verdicts = judge.Judge(evidence, JudgeMoment.During, looks);
            if (verdicts.Any(verdict => verdict.Outcome == RuleOutcome.Broken))
                return Report(verdicts, watched, planned);
            var rest = planned - watched;
            await Task.Delay(rest < options.Interval ? rest : options.Interval, time, cancellation);
        }
    }

    private static CheckReport Report(IReadOnlyList<RuleVerdict> verdicts, TimeSpan watched, TimeSpan planned) =>
        new([.. verdicts.Select(verdict => new CheckResult(verdict.Rule, verdict.Outcome != RuleOutcome.Broken, watched, Detail(verdict, watched, planned)))]);

    private static string Detail(RuleVerdict verdict, TimeSpan watched, TimeSpan planned) => verdict.Outcome switch
    {
        RuleOutcome.NotJudged => $"not judged: {verdict.Detail}",
        RuleOutcome.Broken when watched < planned => string.Create(
            CultureInfo.InvariantCulture, $"{verdict.Detail}; surely bad after {watched.TotalSeconds:0.#} of {planned.TotalSeconds:0.#} s"),
        _ => verdict.Detail,
    };
}
