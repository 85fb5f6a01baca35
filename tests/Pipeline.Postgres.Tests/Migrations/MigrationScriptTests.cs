using System.Diagnostics;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations.Scripts;
using Pipeline.Testing;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class MigrationScriptTests(TestServer server)
{
    private const string First = "create table goods (name text);\ninsert into goods values ('a ''quoted'' one: 5$ :name');\n";
    private const string Second = "-- pipeline: no-transaction\ncreate index concurrently goods_name on goods (name);\n";

    [Fact]
    public async Task What_psql_did_the_runner_finds_done()
    {
        var database = await server.CreateDatabaseAsync();
        await using var stage = new MigrationStage(database);
        var release = stage.Carry(("0001_goods.sql", First), ("0002_index.sql", Second));
        await RunAsync(database, MigrationScript.Render(release, stage.Files));
        await RunAsync(database, MigrationScript.Render(release, stage.Files));
        var status = await stage.ObserveAsync(release);

        Assert.Empty(status.Pending);
        Assert.Empty(status.Faults);
        Assert.Equal(1L, await stage.AskAsync("select count(*) from goods"));
        Assert.Equal("a 'quoted' one: 5$ :name", await stage.AskAsync("select name from goods"));
    }

    [Fact]
    public async Task What_the_runner_did_psql_leaves_and_adds_what_is_missing()
    {
        var database = await server.CreateDatabaseAsync();
        await using var stage = new MigrationStage(database);
        await stage.ApplyAsync(stage.Carry(("0001_goods.sql", First)));
        var release = stage.Carry(("0001_goods.sql", First), ("0002_more.sql", "insert into goods values ('another');"));
        await RunAsync(database, MigrationScript.Render(release, stage.Files));

        Assert.Equal(2L, await stage.AskAsync("select count(*) from goods"));
        Assert.Empty((await stage.ObserveAsync(release)).Pending);
    }

    [Fact]
    public async Task A_statement_that_fails_leaves_its_migration_undone()
    {
        var database = await server.CreateDatabaseAsync();
        await using var stage = new MigrationStage(database);
        var release = stage.Carry(("0001_goods.sql", First + "insert into nothing values (1);"));
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(database, MigrationScript.Render(release, stage.Files)));

        Assert.Equal("0001_goods", Assert.Single((await stage.ObserveAsync(release)).Pending).Id);
        Assert.Equal(false, await stage.AskAsync("select to_regclass('goods') is not null"));
    }

    private static async Task RunAsync(PostgresServer database, string script)
    {
        using var folder = new TemporaryDirectory();
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder.Combine("migrate.sql"), script, cancellation);
        using var psql = Process.Start(new ProcessStartInfo(
            Needs.Program("psql"), ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", folder.Combine("migrate.sql"), "--dbname", database.Url])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = await psql.StandardError.ReadToEndAsync(cancellation);
        await psql.WaitForExitAsync(cancellation);
        if (psql.ExitCode != 0)
            throw new InvalidOperationException(errors);
    }
}
