using Pipeline.Postgres.Migrations.Files;
using Pipeline.Postgres.Migrations.Lint;
using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed class Migrations
{
    [Fact]
    public void The_version_before_each_still_works_after_it() =>
        Assert.All(MigrationFiles.Read(ShopMigrations.Folder), migration => Assert.True(migration.BackwardCompatible, migration.Id));

    [Fact]
    public void The_pipelines_lint_finds_nothing_against_them() => Assert.Empty(MigrationLint.Check(ShopMigrations.Folder));
}
