using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>All that applying one migration needs to know.</summary>
internal sealed record MigrationStep(NpgsqlConnection Connection, MigrationFile File, Release Release, FencingToken Token, TimeSpan LockTimeout, TimeSpan? StatementTimeout);
