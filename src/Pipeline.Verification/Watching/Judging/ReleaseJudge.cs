using System.Globalization;
using Pipeline.Delivery.Ports;

namespace Pipeline.Verification.Watching.Judging;

/// <summary>
/// Judges a release by numbers alone. A rule is broken when the measured number breaks it and a release that just keeps the rule would measure so badly by
/// chance less often than the significance says: exact binomial test for error rates, exact conditional test for their ratio, Student's t for means.
/// </summary>
/// <param name="rules">What to keep to.</param>
public sealed class ReleaseJudge(JudgeRules rules)
{
    /// <summary>Judges every rule.</summary>
    /// <param name="evidence">What was measured.</param>
    /// <param name="moment">Whether the watch is over.</param>
    /// <param name="looks">How often it judges during the watch: the chance of a wrong early end is shared out over all looks.</param>
    public IReadOnlyList<RuleVerdict> Judge(WatchEvidence evidence, JudgeMoment moment, int looks)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(looks, 1);
        var chance = moment == JudgeMoment.End ? rules.FinalSignificance : rules.EarlySignificance / looks;
        var sample = LatencySample.Of(evidence.Traffic.Latency);
        return
        [
            Health(evidence, moment),
            Endpoints(evidence.Endpoints, moment, chance / Math.Max(1, evidence.Endpoints.Count)),
            ErrorRate(evidence, moment, chance),
            Mean(sample, chance),
            ErrorRatio(evidence.Traffic, evidence.Baseline, moment, chance),
            ResponseRatio(sample, evidence.Baseline, chance),
        ];
    }

    private RuleVerdict Health(WatchEvidence evidence, JudgeMoment moment)
    {
        const string Rule = "every instance healthy";
        var grace = moment == JudgeMoment.End ? TimeSpan.Zero : rules.UnhealthyGrace;
        var unseen = evidence.UnseenFor > TimeSpan.Zero || evidence.Destinations.Count == 0;
        if (unseen)
            return new(Rule, moment == JudgeMoment.End || evidence.UnseenFor >= grace ? RuleOutcome.Broken : RuleOutcome.NotJudged,
                Text($"the edge has shown no instance of this side for {evidence.UnseenFor.TotalSeconds:0.#} s"));
        var sick = evidence.Destinations.Where(destination => !destination.Healthy).ToArray();
        return sick.Length == 0
            ? new(Rule, RuleOutcome.Kept, Text($"{evidence.Destinations.Count} of {evidence.Destinations.Count} healthy"))
            : new(Rule, sick.Any(destination => destination.UnhealthyFor >= grace) ? RuleOutcome.Broken : RuleOutcome.Kept,
                Text($"{sick.Length} of {evidence.Destinations.Count} unhealthy: {string.Join("; ", sick.Select(Describe))}"));
    }

    private RuleVerdict Endpoints(IReadOnlyList<EndpointTally> endpoints, JudgeMoment moment, double chance)
    {
        const string Rule = "every critical endpoint below 500";
        var broken = endpoints.Where(endpoint => IsBroken(endpoint, moment, chance)).ToArray();
        if (broken.Length > 0)
            return new(Rule, RuleOutcome.Broken, string.Join("; ", broken.Select(Describe)));
        var outcome = endpoints.All(endpoint => endpoint.Requests > 0) ? RuleOutcome.Kept : RuleOutcome.NotJudged;
        return new(Rule, outcome, string.Join("; ", endpoints.Select(Describe)));
    }

    private bool IsBroken(EndpointTally endpoint, JudgeMoment moment, double chance) => endpoint.Requests == 0
        ? moment == JudgeMoment.End
        : IsAbove(endpoint.Failures, endpoint.Requests, moment, chance);

    private RuleVerdict ErrorRate(WatchEvidence evidence, JudgeMoment moment, double chance)
    {
        var rule = Text($"error rate below {rules.ErrorRate * 100:0.##} %");
        var (requests, failures, _) = evidence.Traffic;
        if (requests > 0)
            return new(rule, IsAbove(failures, requests, moment, chance) ? RuleOutcome.Broken : RuleOutcome.Kept, Rate(failures, requests));
        var made = evidence.Endpoints.Sum(endpoint => endpoint.Requests);
        return moment == JudgeMoment.End
            ? new(rule, RuleOutcome.Broken, Text($"the edge counted no request to this side, though the watch made {made}"))
            : new(rule, RuleOutcome.NotJudged, "no request yet");
    }

    private RuleVerdict Mean(LatencySample sample, double chance)
    {
        var rule = Text($"mean response below {rules.MeanMilliseconds:0.##} ms");
        if (sample.Count < rules.LeastTimed)
            return new(rule, RuleOutcome.NotJudged, Text($"{sample.Mean:0.#} ms over {sample.Count} requests; judging takes {rules.LeastTimed}"));
        var broken = sample.ChanceOfMean(rules.MeanMilliseconds, otherVariance: 0) < chance;
        return new(rule, broken ? RuleOutcome.Broken : RuleOutcome.Kept, Text($"{sample.Mean:0.#} ms over {sample.Count} requests"));
    }

    /// <summary>
    /// Given how many failed before and after together, those after are binomial: with share r·n₁ / (r·n₁ + n₀) when the ratio of the rates
    /// is r.
    /// </summary>
    private RuleVerdict ErrorRatio(SideTraffic traffic, TrafficBaseline? baseline, JudgeMoment moment, double chance)
    {
        var rule = Text($"error rate at most {rules.ErrorRatio:0.##} × the baseline");
        if (NotCompared(rule, traffic.Requests, baseline) is { } notCompared)
            return notCompared;
        var weight = rules.ErrorRatio * traffic.Requests;
        var byChance = Statistics.AtLeast(traffic.Failures, traffic.Failures + baseline!.Failures, weight / (weight + baseline.Requests));
        var extra = (traffic.Failures / (double)traffic.Requests) - (baseline.Failures / (double)baseline.Requests);
        var broken = traffic.Failures >= LeastFailures(traffic.Requests, moment) && extra >= rules.LeastExtraErrorRate && byChance < chance;
        return new(rule, broken ? RuleOutcome.Broken : RuleOutcome.Kept,
            $"{Rate(traffic.Failures, traffic.Requests)}; before: {Rate(baseline.Failures, baseline.Requests)}");
    }

    /// <summary>
    /// The baseline tells no variance: its latencies are taken to scatter around their mean in the same proportion as the new ones do.
    /// </summary>
    private RuleVerdict ResponseRatio(LatencySample sample, TrafficBaseline? baseline, double chance)
    {
        var rule = Text($"mean response at most {rules.ResponseRatio:0.##} × the baseline");
        if (NotCompared(rule, sample.Count, baseline) is { } notCompared)
            return notCompared;
        var allowed = rules.ResponseRatio * baseline!.MeanMilliseconds;
        var scatter = sample.Mean == 0 ? 0 : sample.Variance / (sample.Mean * sample.Mean);
        var byChance = sample.ChanceOfMean(allowed, scatter * allowed * allowed / baseline.Requests);
        var extra = sample.Mean - baseline.MeanMilliseconds;
        return new(rule, extra >= rules.LeastExtraMilliseconds && byChance < chance ? RuleOutcome.Broken : RuleOutcome.Kept,
            Text($"{sample.Mean:0.#} ms over {sample.Count} requests; before: {baseline.MeanMilliseconds:0.#} ms over {baseline.Requests}"));
    }

    private RuleVerdict? NotCompared(string rule, long requests, TrafficBaseline? baseline)
    {
        if (baseline is null)
            return new(rule, RuleOutcome.NotJudged, "nothing served before");
        return requests >= rules.LeastCompared && baseline.Requests >= rules.LeastCompared
            ? null
            : new(rule, RuleOutcome.NotJudged, Text($"{requests} requests now and {baseline.Requests} before; comparing takes {rules.LeastCompared} of each"));
    }

    private bool IsAbove(long failures, long requests, JudgeMoment moment, double chance) =>
        failures >= LeastFailures(requests, moment) && failures >= rules.ErrorRate * requests && Statistics.AtLeast(failures, requests, rules.ErrorRate) < chance;

    private long LeastFailures(long requests, JudgeMoment moment) =>
        moment == JudgeMoment.During ? rules.LeastEarlyFailures : Math.Min(rules.LeastFailures, requests);

    private static string Describe(DestinationHealth instance) =>
        Text($"{instance.Instance} for {instance.UnhealthyFor.TotalSeconds:0.#} s, last probe: {instance.LastProbe}");

    private static string Describe(EndpointTally endpoint)
    {
        if (endpoint.Requests == 0)
            return $"{endpoint.Path}: no request ended";
        var lastFailure = endpoint.LastFailure is null ? "" : $", last failure: {endpoint.LastFailure}";
        return Text($"{endpoint.Path}: {Rate(endpoint.Failures, endpoint.Requests)}, mean {endpoint.MeanMilliseconds:0.#} ms{lastFailure}");
    }

    private static string Rate(long failures, long requests) =>
        Text($"{failures} of {requests} requests failed ({(requests == 0 ? 0 : 100d * failures / requests):0.##} %)");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
