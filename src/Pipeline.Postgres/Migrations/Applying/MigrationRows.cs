namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>A migration that the database has whole.</summary>
internal sealed record AppliedMigration(string Id, string Checksum, bool BackwardCompatible);

/// <summary>A migration without a transaction around it that stopped half-way.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Checksum">Of the file that was begun.</param>
/// <param name="BackwardCompatible">As that file said.</param>
/// <param name="Statements">How many statements are done.</param>
/// <param name="StatementsChecksum">The hash of those.</param>
internal sealed record UnfinishedMigration(string Id, string Checksum, bool BackwardCompatible, int Statements, string StatementsChecksum);

/// <summary>What a database says of its migrations.</summary>
internal sealed record MigrationRows(IReadOnlyList<AppliedMigration> Applied, IReadOnlyList<UnfinishedMigration> Unfinished)
{
    public static MigrationRows None { get; } = new([], []);
}
