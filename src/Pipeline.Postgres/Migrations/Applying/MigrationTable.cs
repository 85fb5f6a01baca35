using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>
/// The runner's tables in the target's schema <c>public</c>. <c>pipeline_migrations</c> holds completed migrations only, so that an application that waits for
/// its migrations need only look whether their ids are there.
/// </summary>
internal static class MigrationTable
{
    /// <summary>What makes the tables.</summary>
    public const string Tables = """
        create table if not exists public.pipeline_migrations (
          id text primary key,
          checksum text not null,
          backward_compatible boolean not null,
          applied_at timestamptz not null,
          duration_ms bigint not null,
          release text not null,
          version text not null,
          token bigint not null
        );
        create table if not exists public.pipeline_migrations_unfinished (
          id text primary key,
          checksum text not null,
          backward_compatible boolean not null,
          statements integer not null,
          statements_checksum text not null,
          started_at timestamptz not null,
          release text not null,
          version text not null,
          token bigint not null
        );
        create table if not exists public.pipeline_migrations_fence (
          singular boolean primary key default true check (singular),
          token bigint not null
        )
        """;

    public static Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation) => Sql.ExecuteAsync(connection, Tables, [], cancellation);

    /// <summary>What the database says; nothing when the tables are not there yet.</summary>
    public static async Task<MigrationRows> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('public.pipeline_migrations_unfinished') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
            return MigrationRows.None;
        var applied = await Sql.QueryAsync(
            connection, """select id, checksum, backward_compatible from public.pipeline_migrations order by id collate "C" """, [],
            row => new AppliedMigration(row.GetString(0), row.GetString(1), row.GetBoolean(2)), cancellation);
        var unfinished = await Sql.QueryAsync(
            connection, """select id, checksum, backward_compatible, statements, statements_checksum from public.pipeline_migrations_unfinished order by id collate "C" """, [],
            row => new UnfinishedMigration(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3), row.GetString(4)), cancellation);
        return new MigrationRows(applied, unfinished);
    }

    /// <summary>Raises the fence to the token; the latest token, which is greater when another run has taken over.</summary>
    public static async Task<FencingToken> FenceAsync(NpgsqlConnection connection, FencingToken token, CancellationToken cancellation)
    {
        await using var command = Sql.Command(
            connection,
            """
            insert into public.pipeline_migrations_fence as known (token) values ($1)
            on conflict (singular) do update set token = greatest(known.token, excluded.token) returning token
            """,
            token.Value);
        return new FencingToken((long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    public static async Task FinishAsync(
        NpgsqlConnection connection, MigrationFile file, Release release, FencingToken token, DateTimeOffset now, TimeSpan duration, CancellationToken cancellation)
    {
        await Sql.ExecuteAsync(
            connection,
            """
            insert into public.pipeline_migrations (id, checksum, backward_compatible, applied_at, duration_ms, release, version, token)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [file.Id, file.Migration.Checksum, file.Migration.BackwardCompatible, now, (long)duration.TotalMilliseconds, release.Digest.Value, release.Version, token.Value], cancellation);
        await Sql.ExecuteAsync(connection, "delete from public.pipeline_migrations_unfinished where id = $1", [file.Id], cancellation);
    }

    public static Task RecordProgressAsync(
        NpgsqlConnection connection, MigrationFile file, int statements, Release release, FencingToken token, DateTimeOffset now, CancellationToken cancellation) =>
        Sql.ExecuteAsync(
            connection,
            """
            insert into public.pipeline_migrations_unfinished (id, checksum, backward_compatible, statements, statements_checksum, started_at, release, version, token)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do update set checksum = excluded.checksum, backward_compatible = excluded.backward_compatible, statements = excluded.statements,
              statements_checksum = excluded.statements_checksum, release = excluded.release, version = excluded.version, token = excluded.token
            """,
            [file.Id, file.Migration.Checksum, file.Migration.BackwardCompatible, statements, file.HashOfFirst(statements), now, release.Digest.Value, release.Version, token.Value],
            cancellation);
}
