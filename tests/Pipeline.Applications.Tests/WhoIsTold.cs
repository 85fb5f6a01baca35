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

    private EnvironmentTelling Telling(bool isRequired)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = github.Address.ToString(), ["GITHUB_REPOSITORY"] = "mia/shop", ["GITHUB_TOKEN"] = "a-token" };
        var access = GitHubAccess.Find(variables.GetValueOrDefault, null, http, TimeProvider.System).Access!;
        ledger.Listener = new(access.Name, new("http://127.0.0.1:18082"));
        return new(ledger.Listener, new DeploymentTeller(access, ledger, "the test", TimeProvider.System), "production", isRequired, log, TimeProvider.System);
    }

    private async Task<Deployment> DeployAsync(EnvironmentTelling telling, DeploymentOutcome outcome = DeploymentOutcome.Succeeded, DeploymentKind kind = DeploymentKind.Deploy)
    {
        ledger.Record = new(1, "production", Release, Colour.Blue, kind, "mia", null, TimeProvider.System.GetUtcNow(), null, null, null, []);
        await telling.SeeBegunAsync(ledger.Record, Cancellation);
        if (telling.Listener is not null && github.GoesWrong("POST", "") is null)
            await Eventually.HoldsAsync(() => ledger.Told.ContainsKey(DeploymentFact.InProgress), "the beginning is told");
        ledger.Record = ledger.Record with { Outcome = outcome };
        return new("production", new("http://127.0.0.1:18082"), Release, ledger.Record.StartedAt);
    }

    private sealed class OneDeployment : ITellings
    {
        public DeploymentRecord? Record { get; set; }

        public Listener Listener { get; set; } = null!;

        public System.Collections.Concurrent.ConcurrentDictionary<DeploymentFact, long> Told { get; } = [];

        public Task<IAsyncDisposable> TakeTurnAsync(string listener, CancellationToken cancellation) => Task.FromResult<IAsyncDisposable>(new Turn());

        public Task<IReadOnlyList<ToldDeployment>> ReadAsync(string listener, int atMost, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ToldDeployment>>(Record is null ? [] : [new(Record, Listener, new Dictionary<DeploymentFact, long>(Told))]);

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
}
