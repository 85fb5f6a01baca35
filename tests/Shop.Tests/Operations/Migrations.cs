using Pipeline.Postgres.Migrations.Files;
using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed class Migrations
{
    [Fact]
    public void The_pipeline_can_read_them_and_the_version_before_each_still_works_after_it()
    {
        var migrations = MigrationFiles.Read(Path.Combine(AppContext.BaseDirectory, "migrations"));
        Assert.Equal(ShopMigrations.Ids, migrations.Select(migration => migration.Id));
        Assert.All(migrations, migration => Assert.True(migration.BackwardCompatible, migration.Id));
    }
}
