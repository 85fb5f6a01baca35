using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Postgres.Locks;

/// <summary>A held lock: gives a sign of life every two seconds, and notices so that its connection is gone.</summary>
internal sealed class DeploymentLease : IDeploymentLease
{
    private const int PatienceSeconds = 5;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly NpgsqlConnection connection;
    private readonly string environment;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task beating;
    private int disposed;

    public DeploymentLease(NpgsqlConnection connection, string environment, FencingToken token, TimeProvider time)
    {
        this.connection = connection;
        this.environment = environment;
        this.time = time;
        Token = token;
        Lost = lost.Token;
        beating = Task.Run(BeatAsync);
    }

    /// <inheritdoc />
    public FencingToken Token { get; }

    /// <inheritdoc />
    public CancellationToken Lost { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await ended.CancelAsync();
        await beating;
        await LetGoAsync();
        ended.Dispose();
        lost.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                if (await BeatOnceAsync())
                    continue;
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Let go in order.
        }
        catch (Exception cause) when (cause is NpgsqlException or OperationCanceledException or InvalidOperationException or TimeoutException or IOException)
        {
            await lost.CancelAsync();
        }
    }

    private async Task<bool> BeatOnceAsync()
    {
        // Not the token of the end: a command that is cut off would break the connection on which the lock is let go.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(PatienceSeconds));
        return await LeaseTable.BeatAsync(connection, environment, Token, time.GetUtcNow(), patience.Token);
    }

    private async Task LetGoAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(PatienceSeconds));
            if (!lost.IsCancellationRequested)
                await LeaseTable.UnlockAsync(connection, environment, time.GetUtcNow(), Token, patience.Token);
        }
        catch (Exception cause) when (cause is NpgsqlException or OperationCanceledException or InvalidOperationException or TimeoutException)
        {
            // The connection is gone, and the lock with it: the server let go of it.
        }
        finally
        {
            // A connection in doubt must not go back to the pool with the lock still on it.
            NpgsqlConnection.ClearPool(connection);
            await connection.DisposeAsync();
        }
    }
}
