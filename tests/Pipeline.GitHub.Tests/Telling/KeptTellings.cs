using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Telling;

namespace Pipeline.GitHub.Tests.Telling;

/// <summary>What a ledger would keep, in memory.</summary>
internal sealed class KeptTellings(string listener) : ITellings
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<(DeploymentRecord Deployment, Listener Listener)> deployments = [];

    public List<Pipeline.Delivery.Telling.Telling> Told { get; } = [];

    /// <summary>Who deploys.</summary>
    public string By { get; set; } = "mia@laptop";

    /// <summary>The version of the release with a digest.</summary>
    public string VersionOf(Digest digest) => deployments.First(each => each.Deployment.Release.Digest == digest).Deployment.Release.Version;

    /// <summary>Begins a deployment.</summary>
    public DeploymentRecord Begin(string version, string environment = "production", DeploymentKind kind = DeploymentKind.Deploy)
    {
        var number = deployments.Count + 1;
        var release = new Release(Digest.Parse($"sha256:{new string((char)('a' + (number % 6)), 64)}"), version, new string('c', 40), []);
        var record = new DeploymentRecord(
            number, environment, release, Colour.Blue, kind, By, null, TimeProvider.System.GetUtcNow(), null, null, null, []);
        deployments.Add((record, new(listener, new("https://shop.example.org")) { Log = new("https://example.org/log"), IsProduction = true }));
        return record;
    }

    /// <summary>Ends a deployment.</summary>
    public void End(DeploymentRecord record, DeploymentOutcome outcome)
    {
        var index = deployments.FindIndex(each => each.Deployment.Id == record.Id);
        deployments[index] = (deployments[index].Deployment with { Outcome = outcome }, deployments[index].Listener);
    }

    public void Deploy(string version, DeploymentOutcome outcome = DeploymentOutcome.Succeeded) => End(Begin(version), outcome);

    public async Task<IAsyncDisposable> TakeTurnAsync(string listener, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public Task<IReadOnlyList<ToldDeployment>> ReadAsync(string listener, int atMost, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ToldDeployment>>(
    [
        .. deployments.Select(each => new ToldDeployment(
            each.Deployment, each.Listener, Told.Where(telling => telling.Deployment == each.Deployment.Id).ToDictionary(telling => telling.Fact, telling => telling.Reference))),
    ]);

    public Task RecordAsync(Pipeline.Delivery.Telling.Telling telling, CancellationToken cancellation)
    {
        Told.Add(telling);
        return Task.CompletedTask;
    }

    private sealed class Turn(SemaphoreSlim turn) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            turn.Release();
            return ValueTask.CompletedTask;
        }
    }
}
