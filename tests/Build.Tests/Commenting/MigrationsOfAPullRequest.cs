using Build.Commenting;
using Build.Tests.Sources;
using Pipeline.Targets;

namespace Build.Tests.Commenting;

/// <summary>What the comment on a pull request says of migrations, of real commits by the machine's git.</summary>
public sealed class MigrationsOfAPullRequest
{
    private const string Folder = "src/Shop/migrations";

    [Fact]
    public async Task What_is_new_edited_and_deleted_is_told_with_its_locks()
    {
        using var clone = await GitClone.CreateAsync();
        clone.Write($"{Folder}/0001_start.sql", "create table orders (id bigint primary key);\n");
        clone.Write($"{Folder}/0002_more.sql", "alter table orders add column note text;\n");
        clone.Write($"{Folder}/0003_last.sql", "comment on table orders is 'what was bought';\n");
        var before = await clone.CommitAsync();
        clone.Write($"{Folder}/0002_more.sql", "alter table orders add column remark text;\n");
        File.Delete(Path.Combine(clone.Path, Folder, "0003_last.sql"));
        clone.Write($"{Folder}/0003_index.sql", "-- two\ncreate index orders_note on orders (note);\n");
        clone.Write($"{Folder}/0004_apart.sql", "create table apart (id bigint primary key);\n");
        clone.Write("src/Shop/Cart.cs", "class Cart;\n");
        await clone.CommitAsync();

        var table = Assert.IsType<SummaryTable>(ChangedMigrations.Describe(RealCake.Context(), clone.Path, before));

        Assert.Equal(("Migrations and their locks", "migration change lock "), (table.Title, string.Join(' ', table.Columns)));
        string[] rows = [.. table.Rows.Select(row => string.Join(" | ", row))];
        Assert.Contains("0002_more.sql | edited |  | a database that has it refuses this release; put the text back, and write the change into a new migration", rows);
        Assert.Contains("0002_more.sql:1 | edited | ACCESS EXCLUSIVE | makes wait: everybody who uses the table", rows);
        Assert.Contains("0003_index.sql:2 | new | SHARE | makes wait: whoever writes to the table", rows);
        Assert.Contains("0003_last.sql | deleted |  | a database that has it keeps what it did, and refuses a release that carries a later one; bring it back, and undo it in a new migration", rows);
        Assert.Contains("0004_apart.sql | new | none | touches nothing that is there already", rows);
        Assert.DoesNotContain(rows, row => row.Contains("0001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deletion_alone_is_told()
    {
        using var clone = await GitClone.CreateAsync();
        clone.Write($"{Folder}/0001_start.sql", "create table orders (id bigint primary key);\n");
        var before = await clone.CommitAsync();
        File.Delete(Path.Combine(clone.Path, Folder, "0001_start.sql"));
        await clone.CommitAsync();

        var table = Assert.IsType<SummaryTable>(ChangedMigrations.Describe(RealCake.Context(), clone.Path, before));

        Assert.Equal(["0001_start.sql", "deleted"], Assert.Single(table.Rows).Take(2));
    }

    [Fact]
    public async Task A_name_in_any_letters_is_told_as_it_is()
    {
        using var clone = await GitClone.CreateAsync();
        var before = await clone.CommitAsync();
        clone.Write($"{Folder}/0001_größe \"x\".sql", "select 1;\n");
        await clone.CommitAsync();

        var table = Assert.IsType<SummaryTable>(ChangedMigrations.Describe(RealCake.Context(), clone.Path, before));

        Assert.Contains(table.Rows, row => row[0].StartsWith("0001_größe \"x\".sql", StringComparison.Ordinal) && row[1] == "new" && row[2] == "rule");
    }

    [Fact]
    public async Task Commits_without_migrations_and_commits_that_git_does_not_know_are_told_apart()
    {
        using var clone = await GitClone.CreateAsync();
        var before = await clone.CommitAsync();
        clone.Write($"{Folder}/readme.md", "no migration\n");
        await clone.CommitAsync();

        Assert.Equal(new SummaryNote("No migration is added, edited or deleted."), ChangedMigrations.Describe(RealCake.Context(), clone.Path, before));
        Assert.Equal(
            new SummaryNote("Which migrations are new cannot be told: git knows no way from nowhere to here; check out with the whole history."),
            ChangedMigrations.Describe(RealCake.Context(), clone.Path, "nowhere"));
    }
}
