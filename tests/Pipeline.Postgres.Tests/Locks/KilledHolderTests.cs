using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Postgres.Ledger;
using Pipeline.Postgres.Locks;
using Pipeline.Postgres.Tests.Embedded;
using Pipeline.Postgres.Tests.Ledger;
using Pipeline.Testing;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Locks;

public sealed class KilledHolderTests(TestServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lock_of_a_killed_run_is_free_at_once()
    {
        var database = await server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var locks = new PostgresDeploymentLock(source, TimeProvider.System);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pipeline.Testing.LockHolder.dll"), "production", "ada@laptop"]) { RedirectStandardOutput = true };
        start.Environment["LEDGER"] = database.ConnectionString;
        using var holder = Process.Start(start)!;
        var token = long.Parse((await holder.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
        var refusal = await Assert.ThrowsAsync<DeploymentLockedException>(() => locks.AcquireAsync("production", "bob", Cancellation));

        holder.Kill();
        await holder.WaitForExitAsync(Cancellation);
        await using var lease = await locks.AcquireAsync("production", "bob", Cancellation);

        Assert.Equal("ada@laptop", refusal.Owner);
        Assert.True(lease.Token.Value > token);
    }

    [Fact]
    public async Task When_the_ledgers_server_is_killed_the_holder_knows_and_the_ledger_goes_on()
    {
        await using var stage = new ServerStage();
        var database = await stage.Server("ledger").EnsureRunningAsync(Cancellation);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var ledger = new PostgresLedger(source, TimeProvider.System);
        var locks = new PostgresDeploymentLock(source, TimeProvider.System);
        var lease = await locks.AcquireAsync("production", "ada", Cancellation);
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, lease.Token, Cancellation);

        await ServerStage.KillAsync(stage.Observe("ledger").ProcessId!.Value);
        var unfinished = await ledger.FindUnfinishedAsync("production", Cancellation);
        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested, "the holder knows that its lock is lost");
        await using var next = await locks.AcquireAsync("production", "bob", Cancellation);
        await lease.DisposeAsync();

        Assert.Equal(begun.Id, unfinished?.Id);
        Assert.True(next.Token > lease.Token);
    }
}
