using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Locks;

/// <summary>The advisory lock of an environment and the row that says who holds it.</summary>
internal static class LeaseTable
{
    private const int KeySpace = 0x50_4C_4F_43;

    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, string environment, CancellationToken cancellation)
    {
        await using var command = Sql.Command(connection, $"select pg_try_advisory_lock(hashtextextended($1, {KeySpace}))", environment);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static Task<int> UnlockAsync(NpgsqlConnection connection, string environment, DateTimeOffset now, FencingToken token, CancellationToken cancellation) =>
        Sql.ExecuteAsync(
            connection,
            $"""
            with released as (update pipeline_ledger.deployment_locks set released_at = $2 where environment = $1 and token = $3)
            select pg_advisory_unlock(hashtextextended($1, {KeySpace}))
            """,
            [environment, now, token.Value], cancellation);

    /// <summary>Draws a token, raises the environment's fence to it and writes the row, all at once.</summary>
    public static async Task<FencingToken> SignInAsync(NpgsqlConnection connection, string environment, string owner, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = Sql.Command(
            connection,
            """
            with drawn as materialized (select nextval('pipeline_ledger.fencing_tokens') as token),
                 fenced as materialized (select token, pipeline_ledger.fence($1, token) from drawn)
            insert into pipeline_ledger.deployment_locks as present (environment, owner, backend, token, since, heartbeat, released_at)
              select $1, $2, pg_backend_pid(), token, $3, $3, null from fenced
            on conflict (environment) do update
              set owner = excluded.owner, backend = excluded.backend, token = excluded.token,
                  since = excluded.since, heartbeat = excluded.heartbeat, released_at = null
            returning token
            """,
            environment, owner, now);
        return new FencingToken((long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>Renews the sign of life; false when somebody else holds the lock by now.</summary>
    public static async Task<bool> BeatAsync(NpgsqlConnection connection, string environment, FencingToken token, DateTimeOffset now, CancellationToken cancellation) =>
        await Sql.ExecuteAsync(
            connection, "update pipeline_ledger.deployment_locks set heartbeat = $2 where environment = $1 and token = $3",
            [environment, now, token.Value], cancellation) == 1;

    /// <summary>Who the row names; <see cref="LeaseRow.SignedIn"/> when that is who holds the lock at this moment.</summary>
    public static async Task<LeaseRow?> FindHolderAsync(NpgsqlConnection connection, string environment, CancellationToken cancellation) =>
        (await Sql.QueryAsync(
            connection,
            $"""
            select l.owner, l.since, l.heartbeat, l.released_at is null and exists (
              select from pg_locks k where k.locktype = 'advisory' and k.granted and k.pid = l.backend and k.objsubid = 1
                and k.database = (select oid from pg_database where datname = current_database())
                and ((k.classid::bigint << 32) | k.objid::bigint) = hashtextextended($1, {KeySpace}))
            from pipeline_ledger.deployment_locks l where l.environment = $1
            """,
            [environment],
            row => new LeaseRow(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3)), cancellation))
        .SingleOrDefault();
}

/// <summary>What the row of a lock says.</summary>
internal sealed record LeaseRow(string Owner, DateTimeOffset Since, DateTimeOffset Heartbeat, bool SignedIn);
