using Pipeline.Delivery;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class MigrationFilesTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Migrations_are_read_in_order_with_checksum_and_compatibility()
    {
        Write("0002_drop.sql", "-- Why this may go.\n-- pipeline: contract\n-- pipeline: lock-timeout 500ms\ndrop table a");
        Write("0001_start.sql", "abc");
        Write("README.md", "about them");

        var migrations = MigrationFiles.Read(folder.Path);

        Assert.Equal([("0001_start", true), ("0002_drop", false)], migrations.Select(migration => (migration.Id, migration.BackwardCompatible)));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", migrations[0].Checksum);
    }

    [Fact]
    public void No_folder_holds_no_migrations() => Assert.Empty(MigrationFiles.Read(folder.Combine("nowhere")));

    [Fact]
    public void All_faults_of_all_files_are_named_at_once()
    {
        Write("0001_start.sql", "-- pipeline: no-transactions\nselect 'open");
        Write("0003_gap.sql", "begin;\nselect 1;\n-- pipeline: contract\ncommit");
        Write("0003_twin.sql", "copy a from stdin");
        Write("0004_index.sql", "create index concurrently on a (b);");
        Write("0005_Upper.sql", "select 1");
        Write("0005_empty.sql", "-- nothing");
        Write("notes.txt", "");
        File.WriteAllBytes(folder.Combine("0006_latin.sql"), [0x2D, 0x2D, 0xE4]);

        var refusal = Assert.Throws<DeliveryException>(() => MigrationFiles.Read(folder.Path));

        const string Name = "is no migration's name; write four digits, an underscore, lower-case letters, digits and underscores, and .sql: 0001_start.sql";
        const string Transaction = "it begins or ends a transaction, which is the runner's to do; remove the statement, or opt out with '-- pipeline: no-transaction'";
        Assert.Equal(
            [
                $"{folder.Path}: the migrations cannot be used:",
                $"  0005_Upper.sql: {Name}",
                $"  notes.txt: {Name}",
                "  0003_gap.sql: number 0002 is missing before it; numbers follow each other from 0001",
                "  0003_twin.sql: has the same number as 0003_gap.sql; give it the next free one",
                "  0001_start.sql:1: '-- pipeline: no-transactions' is not known; known are contract, no-transaction, lock-timeout 3s, statement-timeout 5m",
                "  0001_start.sql:2: a string begins here and never ends; close it",
                "  0003_gap.sql:3: '-- pipeline: contract' stands below the first statement; move it to the top of the file",
                $"  0003_gap.sql:1: {Transaction}",
                $"  0003_gap.sql:4: {Transaction}",
                "  0003_twin.sql:1: COPY through the client is not supported; write INSERT statements",
                "  0004_index.sql:1: CREATE INDEX CONCURRENTLY cannot run inside a transaction; put '-- pipeline: no-transaction' at the top of the file",
                "  0005_empty.sql:1: there is no statement in it; write one, or remove the file",
                "  0006_latin.sql:1: it is not UTF-8; save it as UTF-8",
                "  0006_latin.sql:1: there is no statement in it; write one, or remove the file",
            ],
            refusal.Message.Split(System.Environment.NewLine));
    }

    [Fact]
    public void An_index_built_concurrently_needs_a_name()
    {
        Write("0001_index.sql", "-- pipeline: no-transaction\ncreate index concurrently on a (b)");

        var refusal = Assert.Throws<DeliveryException>(() => MigrationFiles.Read(folder.Path));

        Assert.EndsWith(
            "0001_index.sql:2: an index built concurrently needs a name, by which a run that was interrupted finds it again; name it", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock-timeout 0s")]
    [InlineData("lock-timeout")]
    [InlineData("statement-timeout 5 minutes")]
    [InlineData("contract now")]
    public void A_directive_with_a_value_that_makes_no_sense_is_refused(string directive)
    {
        Write("0001_start.sql", $"-- pipeline: {directive}\nselect 1");

        Assert.Contains($"0001_start.sql:1: '-- pipeline: {directive}' is not known", Assert.Throws<DeliveryException>(() => MigrationFiles.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(folder.Combine(name), text);
}
