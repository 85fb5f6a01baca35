using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Tests.Watching;

/// <summary>What the judge does over many watches of 15 seconds at 20 requests a second, with chance at work.</summary>
public sealed class JudgeLongRunTests
{
    private const int Watches = 2000;
    private const int Looks = 30;
    private const int RequestsALook = 10;
    private readonly ReleaseJudge judge = new(new JudgeRules());

    [Fact]
    public void A_release_that_fails_a_fifth_of_its_requests_is_always_caught_and_nearly_always_within_five_seconds()
    {
        var caught = Run(errorRate: 0.2);

        Assert.All(caught, look => Assert.NotNull(look));
        Assert.InRange(caught.Count(look => look <= Looks / 3), Watches * 0.99, Watches);
    }

    [Fact]
    public void A_release_that_fails_one_in_a_thousand_is_hardly_ever_rolled_back() =>
        Assert.InRange(Run(errorRate: 0.001).Count(look => look is not null), 0, Watches / 200);

    [Fact]
    public void A_release_without_failures_is_never_rolled_back() => Assert.All(Run(errorRate: 0), look => Assert.Null(look));

    [Fact]
    public void A_release_just_at_the_limit_is_rolled_back_no_more_often_than_the_significance_says() =>
        Assert.InRange(Run(errorRate: 0.01).Count(look => look is not null), 0, Watches * 0.1);

    /// <summary>At which look each watch found the release bad; null for never.</summary>
    private List<int?> Run(double errorRate)
    {
        var random = new Random(1843);
        return [.. Enumerable.Range(0, Watches).Select(_ => Watch(random, errorRate))];
    }

    private int? Watch(Random random, double errorRate)
    {
        var failures = new int[2];
        for (var look = 1; look <= Looks; look++)
        {
            for (var request = 0; request < RequestsALook; request++)
                failures[request % 2] += random.NextDouble() < errorRate ? 1 : 0;
            var requests = look * RequestsALook;
            var evidence = Evidence.Good with
            {
                Baseline = null,
                Traffic = Evidence.Traffic(requests, failures.Sum(), 10),
                Endpoints = [.. failures.Select((failed, index) => new EndpointTally($"/{index}", requests / 2, failed, 10, null))],
            };
            var moment = look == Looks ? JudgeMoment.End : JudgeMoment.During;
            if (judge.Judge(evidence, moment, Looks).Any(verdict => verdict.Outcome == RuleOutcome.Broken))
                return look;
        }
        return null;
    }
}
