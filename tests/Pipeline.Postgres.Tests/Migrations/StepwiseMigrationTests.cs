using Pipeline.Delivery;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class StepwiseMigrationTests(TestServer server) : IAsyncLifetime
{
    private const string Header = "-- pipeline: no-transaction\n";
    private MigrationStage stage = null!;

    public async ValueTask InitializeAsync() => stage = new MigrationStage(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_after_the_last_statement_that_is_done()
    {
        await stage.AskAsync("create table counted (n int); create table divisors (d int); insert into divisors values (0)");
        var release = stage.Carry(("0001_steps.sql", Header + "insert into counted values (1);\ninsert into counted select 1 / d from divisors;"));

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));
        var between = await stage.ObserveAsync(release);
        await stage.AskAsync("update divisors set d = 1");
        var applied = await stage.ApplyAsync(release);

        Assert.Equal(
            "0001_steps.sql:3: division by zero (SQLSTATE 22012); correct the statement, or the data it meets; what came before it in the file stays, and the next run goes on here",
            failure.Message);
        Assert.Equal(["0001_steps"], between.Pending.Select(migration => migration.Id));
        Assert.Equal(["0001_steps"], applied);
        Assert.Equal(2L, await stage.AskAsync("select count(*) from counted"));
        Assert.Equal(0L, await stage.AskAsync("select count(*) from pipeline_migrations_unfinished"));
    }

    [Fact]
    public async Task While_it_is_interrupted_an_application_does_not_find_it_among_the_applied_ones()
    {
        await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(stage.Carry(("0001_steps.sql", Header + "select 1; nonsense"))));

        Assert.Equal(0L, await stage.AskAsync("select count(*) from pipeline_migrations"));
    }

    [Fact]
    public async Task After_an_interruption_the_rest_may_be_corrected_but_not_what_is_done()
    {
        await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(stage.Carry(("0001_steps.sql", Header + "create table things (id int); nonsense"))));

        var changed = await stage.ObserveAsync(stage.Carry(("0001_steps.sql", Header + "create table others (id int); select 1")));
        var corrected = await stage.ApplyAsync(stage.Carry(("0001_steps.sql", Header + "create table things (id int); insert into things values (1)")));

        Assert.Equal(["0001_steps.sql: stopped half-way, and its first 1 statements, which are done, were edited since; put them back and change only what comes after them"], changed.Faults);
        Assert.Equal(["0001_steps"], corrected);
    }

    [Fact]
    public async Task An_index_left_invalid_by_a_failed_build_is_dropped_and_built_again()
    {
        await stage.AskAsync("create table things (id int); insert into things values (1), (1)");
        var release = stage.Carry(("0001_index.sql", Header + "create unique index concurrently \"Things_Id\" on public.things (id)"));

        await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));
        Assert.Equal(false, await stage.AskAsync("select indisvalid from pg_index where indexrelid = '\"Things_Id\"'::regclass"));
        await stage.AskAsync("delete from things where ctid = '(0,1)'");
        await stage.ApplyAsync(release);

        Assert.Equal(true, await stage.AskAsync("select indisvalid from pg_index where indexrelid = '\"Things_Id\"'::regclass"));
        Assert.Contains("0001_index.sql: index \"Things_Id\" was left invalid by an attempt that failed; it is dropped and built again", stage.Said);
    }

    [Fact]
    public async Task An_index_that_was_built_but_not_remembered_is_not_built_again()
    {
        await stage.AskAsync("create table things (id int)");
        var release = stage.Carry(("0001_index.sql", Header + "create index concurrently things_id on things (id); nonsense"));
        await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(release));
        var nothing = MigrationFile.Read(Path.Combine(stage.Files, "0001_index.sql")).HashOfFirst(0);
        await stage.AskAsync($"update pipeline_migrations_unfinished set statements = 0, statements_checksum = '{nothing}'");

        await stage.ApplyAsync(stage.Carry(("0001_index.sql", Header + "create index concurrently things_id on things (id); select 1")));

        Assert.Contains("0001_index.sql: index things_id was finished by the run before", stage.Said);
    }

    [Fact]
    public async Task An_index_that_somebody_else_made_is_not_taken_for_ones_own()
    {
        await stage.AskAsync("create table things (id int); create index things_id on things (id)");

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => stage.ApplyAsync(stage.Carry(("0001_index.sql", Header + "create index concurrently things_id on things (id)"))));

        Assert.StartsWith("0001_index.sql:2: relation \"things_id\" already exists (SQLSTATE 42P07)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_transaction_can_hold_runs_outside_of_one()
    {
        await stage.AskAsync("create table things (id int primary key)");

        await stage.ApplyAsync(stage.Carry(("0001_outside.sql", Header + "vacuum things; reindex table concurrently things; drop index concurrently if exists nothing; insert into things values (1)")));

        Assert.Equal(1L, await stage.AskAsync("select count(*) from things"));
    }
}
