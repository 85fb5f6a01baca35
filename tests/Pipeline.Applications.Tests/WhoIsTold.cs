using Pipeline.Applications.Telling;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Telling;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Telling;
using Pipeline.Testing.GitHub;
using Deployment = Pipeline.Delivery.Deployments.Deployment;

namespace Pipeline.Applications.Tests;

public sealed class WhoIsTold : IAsyncDisposable
{
    private static readonly Release Release = new(Digest.Parse($"sha256:{new string('a', 64)}"), "2.0.0", new string('c', 40), []);

    private readonly LocalGitHub github = new();

    private readonly HttpClient http = new();

    private readonly OneDeployment ledger = new();

    private readonly SaidLines log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GitHub_is_told_while_a_deployment_goes_on_and_when_it_ended()
    {
        var telling = Telling(isRequired: false);
        await telling.RequireAsync(Cancellation);
        Assert.Empty(github.Requests);

        await telling.ThroughAsync(() => DeployAsync(telling), Cancellation);

        Assert.Equal(["production 2.0.0: in_progress success"], github.Known);
        Assert.Contains(log.Lines, line => line.EndsWith(": deployment 1 to production: success", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_failed_is_told_too_and_its_fault_stays_the_one_that_is_thrown()
    {
        var telling = Telling(isRequired: false);

        var fault = await Assert.ThrowsAsync<RolledBackException>(() => telling.ThroughAsync(
            async () =>
            {
                await DeployAsync(telling, DeploymentOutcome.RolledBack);
                throw new RolledBackException("it burned", new TimeoutException());
            },
            Cancellation));

        Assert.Equal("it burned", fault.Message);
        Assert.Equal(["production 2.0.0: in_progress failure"], github.Known);
    }

    [Fact]
    public async Task Where_telling_may_wait_a_GitHub_that_says_no_leaves_a_warning()
    {
        github.GoesWrong = (_, _) => 403;
        var telling = Telling(isRequired: false);

        await telling.ThroughAsync(() => DeployAsync(telling), Cancellation);

        Assert.StartsWith($"warning: production: {github.Address.Authority}/mia/shop could not be told everything of its deployments: ", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.EndsWith("; the ledger keeps what is left, and the next deployment or --target TellGitHub tells it", log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_telling_is_required_a_GitHub_that_says_no_refuses_before_and_at_the_beginning()
    {
        github.GoesWrong = (_, _) => 403;
        var telling = Telling(isRequired: true);

        Assert.StartsWith("production: --tell required, and ", (await Assert.ThrowsAsync<GateRefusedException>(() => telling.RequireAsync(Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(telling));
    }

    [Fact]
    public async Task Where_telling_is_required_what_GitHub_does_not_take_of_an_earlier_deployment_refuses_no_other()
    {
        ledger.Earlier = Record(0, Release with { Version = "1.0.0" }) with { Outcome = DeploymentOutcome.Succeeded };
        github.NeverTaken.Add("1.0.0");
        var telling = Telling(isRequired: true);

        await telling.RequireAsync(Cancellation);
        await telling.ThroughAsync(() => DeployAsync(telling), Cancellation);

        Assert.Equal(["production 2.0.0: in_progress success"], github.Known);
        Assert.Contains("deployment 0 to production (1.0.0, commit ", Assert.Single(log.Lines, line => line.StartsWith("warning: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_telling_is_required_a_deployment_that_GitHub_does_not_take_is_refused()
    {
        github.NeverTaken.Add("2.0.0");
        var telling = Telling(isRequired: true);

        await telling.RequireAsync(Cancellation);

        Assert.StartsWith(
            $"production: --tell required, and {github.Address.Authority}/mia/shop cannot be told of deployments: deployment 1 to production (2.0.0, commit ",
            (await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(telling))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_this_program_while_it_tells_is_a_warning_that_names_it()
    {
        ledger.Fault = new System.Security.Cryptography.CryptographicException("no private key");
        var telling = Telling(isRequired: false);

        var deployment = await telling.ThroughAsync(() => DeployAsync(telling), Cancellation);
        var fault = await Assert.ThrowsAsync<RolledBackException>(() => telling.ThroughAsync(() => throw new RolledBackException("it burned", new TimeoutException()), Cancellation));

        Assert.Equal((Release, "it burned"), (deployment.Release, fault.Message));
        Assert.All(log.Lines, line => Assert.Contains(" could not be told everything of its deployments: an unexpected CryptographicException: no private key; the ledger keeps", line, StringComparison.Ordinal));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task Who_stops_the_run_while_GitHub_is_silent_waits_for_it_only_a_moment_and_reads_what_tells_it()
    {
        github.GoesWrong = (_, _) => Mishap.Hangs;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var telling = Telling(isRequired: false, new ShortMoments());
        ledger.Record = Record(1, Release) with { Outcome = DeploymentOutcome.Succeeded };

        var run = telling.ThroughAsync(() => Task.FromResult(Deployed), stop.Token);
        await Eventually.HoldsAsync(() => github.Requests.Count > 0, "GitHub is asked");
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();

        Assert.Equal(Release, (await run).Release);
        Assert.EndsWith(
            ": the run was stopped, and GitHub did not answer within 5 s; the ledger keeps what is left, and the next deployment or --target TellGitHub tells it",
            Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_is_refused_by_no_GitHub()
    {
        github.GoesWrong = (_, _) => 403;
        var telling = Telling(isRequired: true);

        await telling.ThroughAsync(() => DeployAsync(telling, kind: DeploymentKind.Rollback), Cancellation);

        Assert.StartsWith("warning: ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_where_nobody_listens()
    {
        await EnvironmentTelling.ToNobody.RequireAsync(Cancellation);
        await EnvironmentTelling.ToNobody.ThroughAsync(() => DeployAsync(EnvironmentTelling.ToNobody), Cancellation);

        Assert.Empty(github.Requests);
        Assert.Null(EnvironmentTelling.ToNobody.Listener);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await github.DisposeAsync();
    }

    private static Deployment Deployed => new("production", new("http://127.0.0.1:18082"), Release, TimeProvider.System.GetUtcNow());

    private static DeploymentRecord Record(long id, Release release, DeploymentKind kind = DeploymentKind.Deploy) =>
        new(id, "production", release, Colour.Blue, kind, "mia", null, TimeProvider.System.GetUtcNow(), null, null, null, []);

    private EnvironmentTelling Telling(bool isRequired, TimeProvider? time = null)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = github.Address.ToString(), ["GITHUB_REPOSITORY"] = "mia/shop", ["GITHUB_TOKEN"] = "a-token" };
        var access = GitHubAccess.Find(variables.GetValueOrDefault, null, http, TimeProvider.System).Access!;
        ledger.Listener = new(access.Name, new("http://127.0.0.1:18082"));
        return new(ledger.Listener, new DeploymentTeller(access, ledger, "the test", TimeProvider.System), "production", isRequired, log, time ?? TimeProvider.System);
    }

    private async Task<Deployment> DeployAsync(EnvironmentTelling telling, DeploymentOutcome outcome = DeploymentOutcome.Succeeded, DeploymentKind kind = DeploymentKind.Deploy)
    {
        ledger.Record = Record(1, Release, kind);
        await telling.SeeBegunAsync(ledger.Record, Cancellation);
        if (telling.Listener is not null && ledger.Fault is null && github.GoesWrong("POST", "") is null)
            await Eventually.HoldsAsync(() => ledger.Told.ContainsKey(DeploymentFact.InProgress), "the beginning is told");
        ledger.Record = ledger.Record with { Outcome = outcome };
        return Deployed;
    }

    private sealed class OneDeployment : ITellings
    {
        public DeploymentRecord? Record { get; set; }

        public DeploymentRecord? Earlier { get; set; }

        public Exception? Fault { get; set; }

        public Listener Listener { get; set; } = null!;

        public System.Collections.Concurrent.ConcurrentDictionary<DeploymentFact, long> Told { get; } = [];

        public Task<IAsyncDisposable> TakeTurnAsync(string listener, CancellationToken cancellation) => Task.FromResult<IAsyncDisposable>(new Turn());

        public Task<IReadOnlyList<ToldDeployment>> ReadAsync(string listener, int atMost, CancellationToken cancellation) =>
            Fault is not null ? Task.FromException<IReadOnlyList<ToldDeployment>>(Fault) : Task.FromResult<IReadOnlyList<ToldDeployment>>(
            [
                .. Earlier is null ? Array.Empty<ToldDeployment>() : [new(Earlier, Listener, new Dictionary<DeploymentFact, long>())],
                .. Record is null ? Array.Empty<ToldDeployment>() : [new(Record, Listener, new Dictionary<DeploymentFact, long>(Told))],
            ]);

        public Task RecordAsync(Pipeline.Delivery.Telling.Telling telling, CancellationToken cancellation)
        {
            Told[telling.Fact] = telling.Reference;
            return Task.CompletedTask;
        }

        private sealed class Turn : IAsyncDisposable
        {
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class SaidLines : IDeliveryLog
    {
        private readonly Lock gate = new();

        public List<string> Lines { get; } = [];

        public void Information(string message)
        {
            lock (gate)
                Lines.Add(message);
        }

        public void Warning(string message) => Information($"warning: {message}");
    }

    /// <summary>A clock on which five seconds are over at once, and thirty are thirty.</summary>
    private sealed class ShortMoments : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(base.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime == TimeSpan.FromSeconds(5) ? TimeSpan.FromMilliseconds(1) : dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
