using Pipeline.Postgres.Migrations.Locks;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class StatementLockTests
{
    [Theory]
    [InlineData("ALTER TABLE orders ADD COLUMN note text", "ACCESS EXCLUSIVE")]
    [InlineData("alter table only public.\"Orders\" drop column note", "ACCESS EXCLUSIVE")]
    [InlineData("DROP TABLE orders", "ACCESS EXCLUSIVE")]
    [InlineData("TRUNCATE orders", "ACCESS EXCLUSIVE")]
    [InlineData("CREATE INDEX orders_at ON orders (at)", "SHARE")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY orders_at ON orders (at)", "SHARE UPDATE EXCLUSIVE")]
    [InlineData("ALTER TABLE orders VALIDATE CONSTRAINT positive", "SHARE UPDATE EXCLUSIVE")]
    [InlineData("ALTER TABLE orders VALIDATE CONSTRAINT positive, ADD COLUMN b int", "ACCESS EXCLUSIVE")]
    [InlineData("ALTER TABLE orders ADD CONSTRAINT of FOREIGN KEY (person) REFERENCES people NOT VALID", "SHARE ROW EXCLUSIVE")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()", "SHARE ROW EXCLUSIVE")]
    [InlineData("UPDATE orders SET note = ''", "ROW EXCLUSIVE")]
    [InlineData("INSERT INTO orders VALUES (1)", "ROW EXCLUSIVE")]
    [InlineData("ANALYZE orders", "SHARE UPDATE EXCLUSIVE")]
    [InlineData("CREATE TABLE parcels (id int)", null)]
    [InlineData("CREATE TABLE orders (id int);\nCREATE INDEX orders_id ON orders (id);\nINSERT INTO orders VALUES (1)", null)]
    public void The_lock_of_a_statement_is_that_of_the_manual(string sql, string? mode)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("0001_start.sql"), $"-- pipeline: no-transaction\n\n{sql};\n");
        var locks = MigrationLocks.Read(folder.Path);
        Assert.Equal(mode, locks.SingleOrDefault()?.Mode);
        Assert.All(locks, each => Assert.Equal(("0001_start.sql", 3), (each.File, each.Line)));
    }
}
