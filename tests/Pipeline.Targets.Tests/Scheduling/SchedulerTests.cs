using System.Collections.Concurrent;
using Pipeline.Targets.Scheduling;

namespace Pipeline.Targets.Tests.Scheduling;

/// <summary>Properties that hold for every graph, tried on random ones.</summary>
public sealed class SchedulerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_node_runs_once_after_all_it_depends_on(int seed)
    {
        var random = new Random(seed);
        var nodes = Graph(random, random.Next(1, 120));
        var ended = new ConcurrentDictionary<int, bool>();
        var running = 0;
        var parallel = random.Next(1, 9);
        await new Scheduler(nodes, parallel, keepGoing: false).RunAsync(
            async node =>
            {
                Assert.True(Interlocked.Increment(ref running) <= parallel);
                Assert.All(nodes[node].Dependencies, dependency => Assert.True(ended.ContainsKey(dependency)));
                await Task.Yield();
                Assert.True(ended.TryAdd(node, true));
                Interlocked.Decrement(ref running);
                return NodeOutcome.Passed;
            },
            _ => Assert.Fail("every node can run"),
            TestContext.Current.CancellationToken);
        Assert.Equal(nodes.Length, ended.Count);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task With_keep_going_a_failure_stops_its_dependents_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var nodes = Graph(random, random.Next(2, 120));
        var failing = Enumerable.Range(0, nodes.Length).Where(_ => random.Next(6) == 0).ToHashSet();
        var (ran, never) = await RunAsync(nodes, failing, keepGoing: true, random.Next(1, 9));
        var stopped = new HashSet<int>();
        for (var node = 0; node < nodes.Length; node++)
        {
            if (nodes[node].Dependencies.Any(dependency => failing.Contains(dependency) || stopped.Contains(dependency)))
                stopped.Add(node);
        }

        Assert.Equal(stopped.Order(), never.Order());
        Assert.Equal(Enumerable.Range(0, nodes.Length).Except(stopped), ran.Order());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Without_it_nothing_starts_after_a_failure_and_every_node_is_accounted_for(int seed)
    {
        var random = new Random(seed);
        var nodes = Graph(random, random.Next(2, 120));
        var failing = new HashSet<int> { random.Next(nodes.Length) };
        var (ran, never) = await RunAsync(nodes, failing, keepGoing: false, parallel: 1);
        Assert.Equal(Enumerable.Range(0, nodes.Length), ran.Concat(never).Order());
        if (ran.Any(failing.Contains))
            Assert.Contains(ran[^1], failing);
    }

    [Fact]
    public async Task What_begins_the_longest_way_starts_first()
    {
        // 0 (1 s) and 1 (2 s) are short; 2 -> 3 -> 4 takes 1 + 1 + 5 s and has to begin at once.
        ScheduledNode[] nodes = [new([], 1), new([], 2), new([], 1), new([2], 1), new([3], 5)];
        var (ran, _) = await RunAsync(nodes, [], keepGoing: false, parallel: 1);
        Assert.Equal([2, 3, 4, 1, 0], ran);
    }

    [Fact]
    public async Task A_stopped_run_starts_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        ScheduledNode[] nodes = [new([], 1), new([0], 1), new([1], 1)];
        var ran = new List<int>();
        var never = new List<int>();
        await new Scheduler(nodes, 2, keepGoing: true).RunAsync(
            async node =>
            {
                ran.Add(node);
                await stop.CancelAsync();
                return NodeOutcome.Passed;
            },
            never.Add,
            stop.Token);
        Assert.Equal([0], ran);
        Assert.Equal([1, 2], never);
    }

    [Fact]
    public async Task A_chain_of_failures_of_any_length_is_followed()
    {
        var nodes = Enumerable.Range(0, 100_000).Select(node => new ScheduledNode(node == 0 ? [] : [node - 1], 1)).ToArray();
        var (ran, never) = await RunAsync(nodes, [0], keepGoing: true, parallel: 4);
        Assert.Equal([0], ran);
        Assert.Equal(nodes.Length - 1, never.Count);
    }

    private static async Task<(List<int> Ran, List<int> Never)> RunAsync(ScheduledNode[] nodes, HashSet<int> failing, bool keepGoing, int parallel)
    {
        var ran = new List<int>();
        var never = new List<int>();
        await new Scheduler(nodes, parallel, keepGoing).RunAsync(
            node =>
            {
                lock (ran)
                    ran.Add(node);
                return Task.FromResult(failing.Contains(node) ? NodeOutcome.Failed : NodeOutcome.Passed);
            },
            never.Add,
            TestContext.Current.CancellationToken);
        return (ran, never);
    }

    private static ScheduledNode[] Graph(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(node => new ScheduledNode(
            [.. Enumerable.Range(0, node).Where(_ => random.Next(Math.Max(2, node)) < 2)], random.NextDouble()))];
}
