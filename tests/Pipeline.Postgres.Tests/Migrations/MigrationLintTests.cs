using Pipeline.Postgres.Migrations.Lint;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class MigrationLintTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("create index on orders (id)", "builds an index while nobody may write")]
    [InlineData("create unique index if not exists a on only public.\"Orders\" (id)", "builds an index while nobody may write")]
    [InlineData("alter table orders add column note text not null", "adds a column that must not be null and has no default")]
    [InlineData("alter table orders add note int not null, add other int default 1", "adds a column that must not be null and has no default")]
    [InlineData("alter table orders add column key uuid default gen_random_uuid()", "adds a column whose default differs from row to row")]
    [InlineData("alter table orders add column number bigserial", "adds a column whose default differs from row to row")]
    [InlineData("alter table orders add constraint c check (total > 0)", "checks every row while nobody may write")]
    [InlineData("alter table orders add foreign key (a) references b", "checks every row while nobody may write")]
    [InlineData("alter table orders add constraint u unique (a)", "builds an index while nobody may use the table")]
    [InlineData("alter table orders alter column a set not null", "reads the whole table while nobody may use it")]
    [InlineData("alter table orders alter a type bigint", "changes a column's type")]
    [InlineData("drop table if exists orders", "takes away what the version before may use")]
    [InlineData("alter table orders drop column a", "takes away what the version before may use")]
    [InlineData("truncate orders", "takes away what the version before may use")]
    [InlineData("alter table orders rename column a to b", "renames what the version before uses")]
    [InlineData("alter table orders rename to sales", "renames what the version before uses")]
    [InlineData("-- pipeline: lock-timeout 1m\nalter table orders add column a int", "may wait for its lock longer than 10 s")]
    [InlineData("-- pipeline: no-transaction\nvacuum full orders", "rewrites the table while nobody may use it")]
    public void What_hurts_a_running_application_is_found(string sql, string beginning)
    {
        var finding = Assert.Single(Check(sql));

        Assert.StartsWith(beginning, finding.Message, StringComparison.Ordinal);
        Assert.Equal(sql.StartsWith("--", StringComparison.Ordinal) ? 2 : 1, finding.Line);
    }

    [Theory]
    [InlineData("-- pipeline: no-transaction\ncreate index concurrently a on orders (id)")]
    [InlineData("create table orders (id int); create index on orders (id); alter table public.orders add column a int not null; alter table \"orders\" alter a type bigint")]
    [InlineData("alter table orders add column note text")]
    [InlineData("alter table orders add column note text not null default ''")]
    [InlineData("alter table orders add constraint c check (total > 0) not valid")]
    [InlineData("alter table orders validate constraint c")]
    [InlineData("alter table orders add constraint u unique using index orders_u")]
    [InlineData("alter table orders drop constraint c; alter table orders alter a drop not null; alter table orders alter a drop default")]
    [InlineData("alter table orders rename constraint a to b")]
    [InlineData("-- pipeline: contract\ndrop table orders; alter table sales drop column a; alter table sales rename to s")]
    [InlineData("insert into notes values ('drop table orders; create index on orders (id)') /* truncate orders */")]
    [InlineData("-- pipeline: lock-timeout 500ms\nalter table orders add column a int")]
    [InlineData("-- pipeline: no-transaction\nvacuum orders; drop index concurrently if exists a")]
    public void What_is_harmless_is_let_pass(string sql) => Assert.Empty(Check(sql));

    [Fact]
    public void A_finding_names_file_line_and_remedy() => Assert.Equal(
        "0001_start.sql:3: builds an index while nobody may write to the table; write CREATE INDEX CONCURRENTLY in a file with '-- pipeline: no-transaction'",
        Assert.Single(Check("select 1;\n\ncreate index on orders (id)")).ToString());

    [Fact]
    public void What_cannot_be_read_is_found_too() =>
        Assert.Equal(["0001_start.sql:2: a string begins here and never ends; close it"], Check("select 1;\n'").Select(finding => finding.ToString()));

    [Fact]
    public void The_shops_own_migrations_pass()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Pipeline.sln")))
            root = root.Parent;

        Assert.Empty(MigrationLint.Check(Path.Combine(root.FullName, "src", "Shop", "migrations")));
    }

    private IReadOnlyList<LintFinding> Check(string sql)
    {
        File.WriteAllText(folder.Combine("0001_start.sql"), sql);
        return MigrationLint.Check(folder.Path);
    }
}
