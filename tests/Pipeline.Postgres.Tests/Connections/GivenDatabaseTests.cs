using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Ledger;
using Pipeline.Testing;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Connections;

public sealed class GivenDatabaseTests(TestServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_of_ones_own_is_used_as_it_is_and_never_stopped_or_deleted()
    {
        var address = await server.CreateDatabaseAsync();
        var given = new GivenDatabase("DATABASE_URL", address.Url);

        Assert.Equal(address.Url, (await given.EnsureRunningAsync(Cancellation)).Url);
        await given.StopAsync(Cancellation);
        await given.DeleteAsync(Cancellation);

        Assert.NotNull(await given.ObserveAsync(Cancellation));
    }

    [Fact]
    public async Task A_wrong_password_is_named_without_being_told()
    {
        var address = await server.CreateDatabaseAsync() with { Password = "not-the-one" };

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => new GivenDatabase("DATABASE_URL", address.Url).EnsureRunningAsync(Cancellation));

        Assert.Equal($"DATABASE_URL {address}: connecting: the password of user {address.User} is refused; correct it in the address", refusal.Message);
        Assert.False(refusal.IsTransient);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named()
    {
        var address = await server.CreateDatabaseAsync() with { Database = "elsewhere" };

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => new GivenDatabase("DATABASE_URL", address.Url).EnsureRunningAsync(Cancellation));

        Assert.Equal($"DATABASE_URL {address}: connecting: database elsewhere does not exist; create it or correct the address", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_nobody_runs_is_named()
    {
        var port = LoopbackPort.Free();
        await using var source = Npgsql.NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Database=ledger;Username=u;Password=hidden");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => new PostgresLedger(source, TimeProvider.System).FindUnfinishedAsync("production", Cancellation));

        Assert.Equal(
            $"ledger 127.0.0.1:{port}/ledger: upgrading its schema: no connection ({new SocketException((int)SocketError.ConnectionRefused).Message}); "
            + "look whether the server runs and whether this machine reaches it, then run again",
            refusal.Message);
        Assert.True(refusal.IsTransient);
        Assert.Null(await new GivenDatabase("PIPELINE_LEDGER", $"postgres://u:p@127.0.0.1:{port}/d").ObserveAsync(Cancellation));
    }
}
