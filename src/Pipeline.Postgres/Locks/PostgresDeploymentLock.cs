using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Ledger;

namespace Pipeline.Postgres.Locks;

/// <summary>
/// One deployment per environment at a time: a session advisory lock of the ledger's database, which the server itself lets go of the moment the holder's
/// connection ends, however it ends. So it is never stale. A row beside it says who holds it and when they last gave a sign of life.
/// See https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS.
/// </summary>
/// <param name="source">The ledger's database. The lock does not dispose it.</param>
/// <param name="time">The clock of the times in the row; nothing is decided by it.</param>
public sealed class PostgresDeploymentLock(NpgsqlDataSource source, TimeProvider time) : IDeploymentLock
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly LedgerSchema schema = new(source, time);
    private readonly PostgresFaults faults = new("ledger", source);

    /// <inheritdoc />
    public async Task<IDeploymentLease> AcquireAsync(string environment, string owner, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return await faults.RetryAsync<IDeploymentLease>($"taking the lock of {environment}", token => TryAsync(environment, owner, token), cancellation);
    }

    private async Task<IDeploymentLease> TryAsync(string environment, string owner, CancellationToken cancellation)
    {
        var connection = await LeaseConnection.OpenAsync(source, cancellation);
        try
        {
            // The holder writes its row a moment after it got the lock, and the server lets go of a killed one's lock a moment after its connection ended.
            LeaseRow? holder = null;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await LeaseTable.TryLockAsync(connection, environment, cancellation))
                    return new DeploymentLease(connection, environment, await LeaseTable.SignInAsync(connection, environment, owner, time.GetUtcNow(), cancellation), time);
                var row = await LeaseTable.FindHolderAsync(connection, environment, cancellation);
                holder = row is { SignedIn: true } ? row : null;
                await Task.Delay(Pause, cancellation);
            }
            var now = time.GetUtcNow();
            throw new DeploymentLockedException(environment, holder?.Owner ?? "another run", holder?.Since ?? now, holder?.Heartbeat ?? now);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
