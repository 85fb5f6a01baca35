using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Ledger;
using Pipeline.Postgres.Locks;
using Pipeline.Postgres.Tests.Ledger;
using Pipeline.Testing;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Locks;

public sealed class DeploymentLockTests(TestServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualClock clock = new(Start);
    private NpgsqlDataSource source = null!;
    private PostgresDeploymentLock locks = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        source = NpgsqlDataSource.Create((await server.CreateDatabaseAsync()).ConnectionString);
        locks = new PostgresDeploymentLock(source, clock);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task A_lock_that_is_held_is_refused_and_its_holder_is_named()
    {
        await using var lease = await locks.AcquireAsync("production", "ada@host", Cancellation);

        var refusal = await Assert.ThrowsAsync<DeploymentLockedException>(() => locks.AcquireAsync("production", "bob@host", Cancellation));

        Assert.Equal(
            "production: ada@host is deploying since 2026-03-01 12:00:00Z (last sign of life 2026-03-01 12:00:00Z); wait for it to end or stop that run, then run again",
            refusal.Message);
    }

    [Fact]
    public async Task Two_environments_are_locked_independently()
    {
        await using var production = await locks.AcquireAsync("production", "ada", Cancellation);
        await using var staging = await locks.AcquireAsync("staging", "bob", Cancellation);

        Assert.NotEqual(production.Token, staging.Token);
    }

    [Fact]
    public async Task A_lock_let_go_is_free_and_every_next_token_is_greater()
    {
        var tokens = new List<FencingToken>();
        for (var round = 0; round < 3; round++)
        {
            clock.Now = Start.AddDays(-round);
            await using var lease = await locks.AcquireAsync("production", "ada", Cancellation);
            tokens.Add(lease.Token);
        }

        Assert.Equal(tokens.Order(), tokens);
        Assert.Equal(3, tokens.Distinct().Count());
    }

    [Fact]
    public async Task Of_many_runs_at_once_exactly_one_gets_the_lock()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => TryAsync($"run{number}")));

        var lease = Assert.Single(tries, lease => lease is not null)!;
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task A_lock_whose_connection_broke_tells_its_holder_and_is_free_at_once()
    {
        await using var lease = await locks.AcquireAsync("production", "ada", Cancellation);
        await EndConnectionsOfLocksAsync();

        await using var next = await locks.AcquireAsync("production", "bob", Cancellation);

        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested, "the first holder knows that its lock is lost");
        Assert.True(next.Token > lease.Token);
        Assert.False(next.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_a_run_writes_after_it_lost_its_lock_is_refused_before_the_new_holder_wrote_anything()
    {
        var ledger = new PostgresLedger(source, clock);
        await using var lease = await locks.AcquireAsync("production", "ada", Cancellation);
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, lease.Token, Cancellation);
        await EndConnectionsOfLocksAsync();
        await using var next = await locks.AcquireAsync("production", "bob", Cancellation);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => ledger.FinishAsync(begun.Id, DeploymentOutcome.Succeeded, null, lease.Token, Cancellation));

        Assert.EndsWith(
            $"production: a write with fencing token {lease.Token.Value} is refused, because token {next.Token.Value} was handed out since: another run has taken over; run again",
            refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_holder_gives_signs_of_life()
    {
        await using var lease = await locks.AcquireAsync("production", "ada", Cancellation);
        clock.Now = Start.AddSeconds(30);

        await Eventually.HoldsAsync(
            async () => await ReadHeartbeatAsync() == clock.Now, "the heartbeat in the row follows the clock");
    }

    [Fact]
    public async Task A_lock_let_go_twice_is_let_go_once()
    {
        var lease = await locks.AcquireAsync("production", "ada", Cancellation);

        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.False(lease.Lost.IsCancellationRequested);
    }

    private async Task<IDeploymentLease?> TryAsync(string owner)
    {
        try
        {
            return await locks.AcquireAsync("production", owner, Cancellation);
        }
        catch (DeploymentLockedException)
        {
            return null;
        }
    }

    private async Task EndConnectionsOfLocksAsync()
    {
        await using var command = source.CreateCommand("select count(pg_terminate_backend(backend)) from pipeline_ledger.deployment_locks where released_at is null");
        await command.ExecuteScalarAsync(Cancellation);
    }

    private async Task<DateTimeOffset> ReadHeartbeatAsync()
    {
        await using var command = source.CreateCommand("select heartbeat from pipeline_ledger.deployment_locks");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(Cancellation))!);
    }
}
