using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class MigrationRunnerTests(TestServer server) : IAsyncLifetime
{
    private MigrationStage stage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = new MigrationStage(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Migrations_are_applied_in_order_once()
    {
        var release = stage.Carry(("0001_start.sql", "create table things (id int)"), ("0002_more.sql", "-- pipeline: contract\ninsert into things values (1); insert into things values (2);"));

        Assert.Equal(["0001_start", "0002_more"], await stage.ApplyAsync(release));
        Assert.Equal([], await stage.ApplyAsync(release));

        Assert.Equal(2L, await stage.AskAsync("select count(*) from things"));
        Assert.Equal("0001_start true,0002_more false", await stage.AskAsync("select string_agg(id || ' ' || backward_compatible, ',' order by id) from pipeline_migrations"));
        Assert.Equal($"{release.Digest} 1.0.0", await stage.AskAsync("select distinct release || ' ' || version from pipeline_migrations"));
        Assert.Equal(2, stage.Said.Count(line => line.StartsWith("migration 000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Observing_tells_what_is_missing_and_changes_nothing()
    {
        var release = stage.Carry(("0001_start.sql", "select 1"), ("0002_more.sql", "select 1"));

        var status = await stage.ObserveAsync(release);

        Assert.Equal(["0001_start", "0002_more"], status.Pending.Select(migration => migration.Id));
        Assert.Empty(status.Beyond);
        Assert.Empty(status.Faults);
        Assert.Equal(0L, await stage.AskAsync("select count(*) from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_and_is_named_with_its_line()
    {
        var release = stage.Carry(("0001_start.sql", "create table things (id int);\n\ninsert into things\n  values ('x' || nothing);"));

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));

        Assert.Equal(
            "0001_start.sql:4: column \"nothing\" does not exist (SQLSTATE 42703); correct the statement, or the data it meets; nothing of this file was kept", failure.Message);
        Assert.Equal(DBNull.Value, await stage.AskAsync("select to_regclass('things')::text"));
        Assert.Equal(["0001_start"], (await stage.ObserveAsync(release)).Pending.Select(migration => migration.Id));
    }

    [Fact]
    public async Task What_was_applied_before_a_failure_stays_and_the_next_run_goes_on()
    {
        await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(stage.Carry(("0001_start.sql", "create table things (id int)"), ("0002_more.sql", "nonsense"))));

        Assert.Equal(["0002_more"], await stage.ApplyAsync(stage.Carry(("0001_start.sql", "create table things (id int)"), ("0002_more.sql", "insert into things values (1)"))));
    }

    [Fact]
    public async Task A_file_that_was_edited_after_it_was_applied_is_refused_with_both_checksums()
    {
        var before = stage.Carry(("0001_start.sql", "select 1"));
        await stage.ApplyAsync(before);
        var after = stage.Carry(("0001_start.sql", "select 2"), ("0002_more.sql", "select 3"));

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(after));

        var fault = $"0001_start.sql: was edited after it was applied (applied {before.Migrations[0].Checksum}, now {after.Migrations[0].Checksum}); "
            + "put the applied text back and write the change into a new migration";
        Assert.Equal($"{stage.Address}: its migrations cannot be applied:{System.Environment.NewLine}  {fault}", refusal.Message);
        Assert.Equal([fault], (await stage.ObserveAsync(after)).Faults);
    }

    [Fact]
    public async Task A_new_file_that_sorts_before_an_applied_one_is_refused()
    {
        await stage.ApplyAsync(stage.Carry(("0001_start.sql", "select 1"), ("0002_orders.sql", "select 2")));

        var status = await stage.ObserveAsync(stage.Carry(("0001_start.sql", "select 1"), ("0002_mail.sql", "select 3")));

        Assert.Equal(["0002_mail.sql: is not applied, but 0002_orders, which comes after it, is; give it the next free number"], status.Faults);
    }

    [Fact]
    public async Task A_release_that_lacks_an_applied_file_but_carries_later_ones_is_refused()
    {
        await stage.ApplyAsync(stage.Carry(("0001_start.sql", "select 1"), ("0002_mail.sql", "select 2")));

        var status = await stage.ObserveAsync(stage.Carry(("0001_start.sql", "select 1"), ("0002_orders.sql", "select 3")));

        Assert.Equal(
            ["0002_mail: is in the database, but the release does not carry it, though it carries 0002_orders, which comes after it; bring that file into the release"], status.Faults);
    }

    [Fact]
    public async Task An_older_release_learns_whether_it_works_on_what_a_newer_one_did()
    {
        await stage.ApplyAsync(stage.Carry(("0001_start.sql", "select 1"), ("0002_expand.sql", "select 2"), ("0003_contract.sql", "-- pipeline: contract\nselect 3")));

        var status = await stage.ObserveAsync(stage.Carry(("0001_start.sql", "select 1")));

        Assert.Empty(status.Faults);
        Assert.Equal([("0002_expand", true), ("0003_contract", false)], status.Beyond.Select(migration => (migration.Id, migration.BackwardCompatible)));
    }

    [Fact]
    public async Task A_release_record_that_does_not_fit_the_artifact_is_refused()
    {
        var release = stage.Carry(("0001_start.sql", "select 1"));

        var status = await stage.ObserveAsync(release with { Migrations = [new Migration("0001_start", new string('0', 64), BackwardCompatible: true)] });

        Assert.Equal(
            [$"release 1.0.0: says it carries [0001_start 00000000], but its artifact holds [0001_start {release.Migrations[0].Checksum[..8]}]; build it again"], status.Faults);
    }

    [Fact]
    public async Task A_run_whose_token_was_overtaken_is_refused_with_both_tokens()
    {
        var release = stage.Carry(("0001_start.sql", "select 1"));
        await stage.Runner.ApplyAsync(release, new(7), Cancellation);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Runner.ApplyAsync(release, new(6), Cancellation));

        Assert.Equal($"{stage.Address}: a change with fencing token 6 is refused, because a run with token 7 has migrated since; run again", refusal.Message);
    }

    [Fact]
    public async Task What_one_migration_sets_for_its_session_does_not_reach_the_next()
    {
        var release = stage.Carry(
            ("0001_schema.sql", "create schema other; set search_path = other; create table other_things (id int)"), ("0002_more.sql", "create table things (id int)"));

        await stage.ApplyAsync(release);

        Assert.Equal("public", await stage.AskAsync("select schemaname from pg_tables where tablename = 'things'"));
    }

    [Fact]
    public async Task A_statement_that_takes_longer_than_its_file_allows_is_ended()
    {
        var release = stage.Carry(("0001_slow.sql", "-- pipeline: statement-timeout 50ms\nselect pg_sleep(30)"));

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));

        Assert.Equal(
            "0001_slow.sql:2: took longer than its statement-timeout of 0.05 s; raise it at the top of the file, or do the work in smaller pieces; nothing of this file was kept",
            failure.Message);
    }

    [Fact]
    public async Task Functions_with_semicolons_in_their_bodies_arrive_whole()
    {
        var release = stage.Carry(("0001_functions.sql", """
            create table things (id int, note text default 'a;b');
            create function one() returns int language sql begin atomic select 1; select case when true then 1 else 2 end; end;
            create function two() returns int language plpgsql as $body$ begin perform 1; /* ; */ return 2; end $body$;
            /* a comment; with /* another; */ inside; */
            insert into things values (one() + two(), E'it\'s; here'), (4, 'it''s; there') -- the end;
            """));

        await stage.ApplyAsync(release);

        Assert.Equal("3 it's; here,4 it's; there", await stage.AskAsync("select string_agg(id || ' ' || note, ',' order by id) from things"));
    }

    [Fact]
    public async Task The_shops_own_migrations_apply()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Pipeline.sln")))
            root = root.Parent;
        var files = Directory.EnumerateFiles(Path.Combine(root.FullName, "src", "Shop", "migrations"), "*.sql").Select(file => (Path.GetFileName(file), File.ReadAllText(file))).ToArray();

        var applied = await stage.ApplyAsync(stage.Carry(files));

        Assert.Equal(files.Select(file => Path.GetFileNameWithoutExtension(file.Item1)).Order(StringComparer.Ordinal), applied);
    }
}
