using Npgsql;
using Pipeline.Delivery;
using Pipeline.Testing;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class MigrationLockTests(TestServer server) : IAsyncLifetime
{
    private MigrationStage stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        stage = new MigrationStage(await server.CreateDatabaseAsync());
        await stage.AskAsync("create table things (id int)");
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_migration_that_does_not_get_its_locks_gives_up_after_some_attempts_and_names_who_holds_them()
    {
        stage.Settings = stage.Settings with { LockAttempts = 3 };
        await using var blocker = await BlockAsync();
        var release = stage.Carry(("0001_alter.sql", "-- pipeline: lock-timeout 50ms\nalter table things add column note text"));

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));

        Assert.StartsWith($"0001_alter.sql: did not get its locks within 0.05 s in 3 attempts; open transactions: server process {blocker.ProcessID} (the blocker, idle in transaction, since ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("; end what holds them, or run again at a quieter time", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, stage.Said.Count(line => line.Contains("trying again in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_migration_gets_its_locks_as_soon_as_they_are_free()
    {
        stage.Settings = stage.Settings with { LockAttempts = 1000 };
        var blocker = await BlockAsync();
        var release = stage.Carry(("0001_alter.sql", "-- pipeline: lock-timeout 20ms\nalter table things add column note text"));

        var applying = stage.ApplyAsync(release);
        await Eventually.HoldsAsync(() => !stage.Said.IsEmpty, "the first attempt failed");
        await blocker.DisposeAsync();

        Assert.Equal(["0001_alter"], await applying);
    }

    [Fact]
    public async Task A_second_runner_is_refused_and_told_who_the_first_is()
    {
        var release = stage.Carry(("0001_slow.sql", "select pg_sleep(60)"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = stage.Runner.ApplyAsync(release, stage.NextToken(), stop.Token);
        await Eventually.HoldsAsync(SleepsAsync, "the first runner is in its migration");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.StartsWith(
            $"{stage.Address}: pipeline migrations of {System.Environment.UserName}@{System.Environment.MachineName}, process {System.Environment.ProcessId} (server process ", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.IsTransient);
        Assert.Equal(["0001_fast"], await stage.ApplyAsync(stage.Carry(("0001_fast.sql", "select 1"))));
    }

    [Fact]
    public async Task A_runner_whose_connection_is_cut_goes_on_on_a_new_one()
    {
        await stage.AskAsync("create sequence attempts");
        var release = stage.Carry(
            ("0001_first.sql", "insert into things values (1)"), ("0002_slow.sql", "select case when nextval('attempts') = 1 then pg_sleep(60) end; insert into things values (2)"));
        var applying = stage.ApplyAsync(release);
        await Eventually.HoldsAsync(SleepsAsync, "the runner is in its second migration");

        await stage.AskAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%pg_sleep(60)%' and state = 'active'");

        Assert.Equal(["0001_first", "0002_slow"], await applying);
        Assert.Equal(2L, await stage.AskAsync("select count(*) from things"));
    }

    private async Task<bool> SleepsAsync() => (long)(await stage.AskAsync(
        "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and wait_event = 'PgSleep' and datname = current_database()"))! == 1;

    private async Task<NpgsqlConnection> BlockAsync()
    {
        var connection = await stage.Source.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand("set application_name = 'the blocker'; begin; select from things", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }
}
