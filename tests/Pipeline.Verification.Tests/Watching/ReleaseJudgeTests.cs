using Pipeline.Delivery.Ports;
using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Tests.Watching;

public sealed class ReleaseJudgeTests
{
    private const int Looks = 30;
    private readonly ReleaseJudge judge = new(new JudgeRules());

    [Theory]
    [InlineData(JudgeMoment.During)]
    [InlineData(JudgeMoment.End)]
    public void A_good_release_keeps_every_rule(JudgeMoment moment) => Assert.Equal(
    [
        "every instance healthy: Kept: 1 of 1 healthy",
        "every critical endpoint below 500: Kept: /: 0 of 150 requests failed (0 %), mean 10 ms; /api/products: 0 of 150 requests failed (0 %), mean 10 ms",
        "error rate below 1 %: Kept: 0 of 300 requests failed (0 %)",
        "mean response below 500 ms: Kept: 10 ms over 300 requests",
        "error rate at most 1.5 × the baseline: Kept: 0 of 300 requests failed (0 %); before: 0 of 1000 requests failed (0 %)",
        "mean response at most 1.3 × the baseline: Kept: 10 ms over 300 requests; before: 10 ms over 1000",
    ], judge.Judge(Evidence.Good, moment, Looks).Select(verdict => $"{verdict.Rule}: {verdict.Outcome}: {verdict.Detail}"));

    [Theory]
    [InlineData(300, 3, RuleOutcome.Kept)]
    [InlineData(300, 6, RuleOutcome.Kept)]
    [InlineData(300, 7, RuleOutcome.Broken)]
    [InlineData(300, 60, RuleOutcome.Broken)]
    [InlineData(10, 2, RuleOutcome.Kept)]
    [InlineData(1, 1, RuleOutcome.Broken)]
    [InlineData(100_000, 990, RuleOutcome.Kept)]
    [InlineData(100_000, 1100, RuleOutcome.Broken)]
    [InlineData(0, 0, RuleOutcome.Broken)]
    public void At_the_end_an_error_rate_is_a_fault_when_it_is_above_one_percent_beyond_chance(int requests, int failures, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("error rate below 1 %", Evidence.Good with { Traffic = Evidence.Traffic(requests, failures, 10), Baseline = null }, JudgeMoment.End));

    [Theory]
    [InlineData(0, 0, RuleOutcome.NotJudged)]
    [InlineData(4, 4, RuleOutcome.Kept)]
    [InlineData(5, 5, RuleOutcome.Broken)]
    [InlineData(60, 5, RuleOutcome.Kept)]
    [InlineData(60, 12, RuleOutcome.Broken)]
    public void During_the_watch_an_error_rate_is_a_fault_only_when_it_is_surely_above(int requests, int failures, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("error rate below 1 %", Evidence.Good with { Traffic = Evidence.Traffic(requests, failures, 10) }, JudgeMoment.During));

    [Fact]
    public void One_endpoint_that_fails_is_found_among_those_that_work()
    {
        var verdict = Verdict("every critical endpoint below 500", Evidence.Good with
        {
            Endpoints = [new EndpointTally("/", 75, 0, 10, null), new EndpointTally("/api/checkout", 75, 15, 10, "status 500")],
        }, JudgeMoment.During);

        Assert.Equal(new RuleVerdict("every critical endpoint below 500", RuleOutcome.Broken, "/api/checkout: 15 of 75 requests failed (20 %), mean 10 ms, last failure: status 500"), verdict);
    }

    [Theory]
    [InlineData(JudgeMoment.During, RuleOutcome.NotJudged)]
    [InlineData(JudgeMoment.End, RuleOutcome.Broken)]
    public void An_endpoint_that_never_answered_is_a_fault_at_the_end(JudgeMoment moment, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("every critical endpoint below 500", Evidence.Good with { Endpoints = [new EndpointTally("/", 0, 0, 0, null)] }, moment));

    [Theory]
    [InlineData(RuleOutcome.Kept, 100, 480d)]
    [InlineData(RuleOutcome.Kept, 100, 510d, 300d, 700d, 495d)]
    [InlineData(RuleOutcome.Kept, 40, 10d, 10d, 10d, 2100d)]
    [InlineData(RuleOutcome.Broken, 100, 600d, 700d)]
    [InlineData(RuleOutcome.Broken, 3000, 10d, 10d, 10d, 2500d)]
    [InlineData(RuleOutcome.NotJudged, 20, 5000d)]
    public void A_mean_is_a_fault_when_it_is_above_500_ms_beyond_chance(RuleOutcome outcome, int requests, params double[] milliseconds) =>
        Assert.Equal(outcome, Outcome("mean response below 500 ms", Evidence.Good with { Traffic = Evidence.Traffic(requests, 0, milliseconds) }, JudgeMoment.End));

    [Theory]
    [InlineData(1000, 0, 300, 2, RuleOutcome.Kept)]
    [InlineData(1000, 0, 300, 3, RuleOutcome.Broken)]
    [InlineData(1000, 10, 300, 5, RuleOutcome.Kept)]
    [InlineData(1000, 10, 300, 12, RuleOutcome.Broken)]
    [InlineData(1_000_000, 0, 300, 1, RuleOutcome.Kept)]
    [InlineData(1_000_000, 100, 1_000_000, 300, RuleOutcome.Kept)]
    [InlineData(199, 0, 300, 100, RuleOutcome.NotJudged)]
    [InlineData(1000, 0, 199, 100, RuleOutcome.NotJudged)]
    public void An_error_rate_is_compared_with_the_baseline(long before, long failedBefore, int now, int failedNow, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("error rate at most 1.5 × the baseline", Evidence.Good with
        {
            Traffic = Evidence.Traffic(now, failedNow, 10),
            Baseline = new TrafficBaseline(before, failedBefore, 10),
        }, JudgeMoment.End));

    [Theory]
    [InlineData(10, 25, RuleOutcome.Kept)]
    [InlineData(100, 125, RuleOutcome.Kept)]
    [InlineData(100, 180, RuleOutcome.Broken)]
    [InlineData(10, 40, RuleOutcome.Broken)]
    public void A_mean_is_compared_with_the_baseline(double before, double now, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("mean response at most 1.3 × the baseline", Evidence.Good with
        {
            Traffic = Evidence.Traffic(300, 0, now),
            Baseline = new TrafficBaseline(1000, 0, before),
        }, JudgeMoment.End));

    [Fact]
    public void Without_a_release_before_nothing_is_compared() =>
        Assert.Equal("nothing served before", Verdict("mean response at most 1.3 × the baseline", Evidence.Good with { Baseline = null }, JudgeMoment.End).Detail);

    [Theory]
    [InlineData(2, JudgeMoment.During, RuleOutcome.Kept)]
    [InlineData(5, JudgeMoment.During, RuleOutcome.Broken)]
    [InlineData(0.5, JudgeMoment.End, RuleOutcome.Broken)]
    public void An_unhealthy_instance_is_given_a_moment_but_not_at_the_end(double seconds, JudgeMoment moment, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("every instance healthy", Evidence.Good with
        {
            Destinations = [new DestinationHealth("production-green-1", false, "connection refused", TimeSpan.FromSeconds(seconds))],
        }, moment));

    [Theory]
    [InlineData(2, JudgeMoment.During, RuleOutcome.NotJudged)]
    [InlineData(6, JudgeMoment.During, RuleOutcome.Broken)]
    [InlineData(1, JudgeMoment.End, RuleOutcome.Broken)]
    public void An_edge_that_is_not_seen_is_given_a_moment_but_not_at_the_end(double seconds, JudgeMoment moment, RuleOutcome outcome) =>
        Assert.Equal(outcome, Outcome("every instance healthy", Evidence.Good with { UnseenFor = TimeSpan.FromSeconds(seconds) }, moment));

    private RuleOutcome Outcome(string rule, WatchEvidence evidence, JudgeMoment moment) => Verdict(rule, evidence, moment).Outcome;

    private RuleVerdict Verdict(string rule, WatchEvidence evidence, JudgeMoment moment) =>
        Assert.Single(judge.Judge(evidence, moment, Looks), verdict => verdict.Rule == rule);
}
