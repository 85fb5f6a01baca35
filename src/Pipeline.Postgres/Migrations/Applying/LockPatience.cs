using System.Globalization;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>Tries again, after growing pauses, what did not get its locks in time: waiting longer at once would keep everybody waiting behind it.</summary>
internal sealed class LockPatience(MigrationSettings settings, TimeProvider time, IDeliveryLog log)
{
    public async Task RunAsync(NpgsqlConnection connection, string name, TimeSpan timeout, Func<Task> work, CancellationToken cancellation)
    {
        var pause = settings.LockPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                var holders = await FindHoldersAsync(connection, cancellation);
                if (attempt >= settings.LockAttempts)
                    throw new DeliveryException(
                        $"{name}: did not get its locks within {Text(timeout)} in {attempt} attempts; {holders}; end what holds them, or run again at a quieter time", fault)
                    {
                        IsTransient = true,
                    };
                log.Warning($"{name}: did not get its locks within {Text(timeout)} (attempt {attempt} of {settings.LockAttempts}); {holders}; trying again in {Text(pause)}");
                await Task.Delay(pause, time, cancellation);
                pause = pause * 2 < settings.LongestLockPause ? pause * 2 : settings.LongestLockPause;
            }
        }
    }

    private static string Text(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s");

    /// <summary>Sessions whose transactions hold locks on tables now.</summary>
    private static async Task<string> FindHoldersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var sessions = await Sql.QueryAsync(
            connection,
            """
            select a.pid, coalesce(nullif(a.application_name, ''), a.usename, 'somebody'), coalesce(a.state, 'state unknown'), a.xact_start from pg_stat_activity a
            where a.pid <> pg_backend_pid() and a.datname = current_database() and a.xact_start is not null
              and exists (select from pg_locks l where l.pid = a.pid and l.granted and l.locktype = 'relation')
            order by a.xact_start limit 5
            """,
            [], row => $"server process {row.GetInt32(0)} ({row.GetString(1)}, {row.GetString(2)}, since {row.GetFieldValue<DateTimeOffset>(3):u})", cancellation);
        return sessions.Count == 0 ? "who held them is gone" : $"open transactions: {string.Join(", ", sessions)}";
    }
}
