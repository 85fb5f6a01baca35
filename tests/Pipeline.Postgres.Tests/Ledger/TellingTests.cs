using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Telling;
using Pipeline.Postgres.Ledger;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Ledger;

public sealed class TellingTests(TestServer server) : IAsyncLifetime
{
    private const string Shop = "github.com/mia/shop";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 19, 0, 0, TimeSpan.Zero);
    private NpgsqlDataSource source = null!;
    private PostgresLedger ledger = null!;
    private PostgresTellings tellings = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        source = NpgsqlDataSource.Create((await server.CreateDatabaseAsync()).ConnectionString);
        (ledger, tellings) = (new(source, TimeProvider.System), new(source, TimeProvider.System));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task What_a_listener_was_told_is_read_back_with_the_deployments_it_is_told_of()
    {
        var listener = new Listener(Shop, new("http://127.0.0.1:18082/")) { Log = new("https://github.com/mia/shop/actions/runs/7"), IsProduction = true };
        var first = await BeginAsync('a', listener);
        await ledger.FinishAsync(first.Id, DeploymentOutcome.Succeeded, null, new(1), Cancellation);
        await ledger.FinishAsync((await BeginAsync('b', null)).Id, DeploymentOutcome.Succeeded, null, new(1), Cancellation);
        var third = await BeginAsync('c', listener with { Log = null, IsTransient = true });
        Telling begun = new(first.Id, Shop, DeploymentFact.Begun, 1007, "mia@github", Now);
        await tellings.RecordAsync(begun, Cancellation);
        await tellings.RecordAsync(begun with { Reference = 1008 }, Cancellation);
        await tellings.RecordAsync(begun with { Fact = DeploymentFact.Succeeded, Reference = 1009 }, Cancellation);

        var read = await tellings.ReadAsync(Shop, 10, Cancellation);

        Assert.Equal([first.Id, third.Id], read.Select(each => each.Deployment.Id));
        Assert.Equal([listener, listener with { Log = null, IsTransient = true }], read.Select(each => each.Listener));
        Assert.Equal([(DeploymentFact.Begun, 1007L), (DeploymentFact.Succeeded, 1009L)], read[0].Told.Select(fact => (fact.Key, fact.Value)).Order());
        Assert.Equal((DeploymentOutcome.Succeeded, new string('c', 40)), (read[0].Deployment.Outcome, read[0].Deployment.Release.Commit));
        Assert.Empty(read[1].Told);
        Assert.Equal(third.Id, Assert.Single(await tellings.ReadAsync(Shop, 1, Cancellation)).Deployment.Id);
        Assert.Empty(await tellings.ReadAsync("github.com/mia/other", 10, Cancellation));
    }

    [Fact]
    public async Task A_repository_whose_name_was_written_otherwise_is_the_same_listener()
    {
        var first = await BeginAsync('a', new("github.com/Mia/Shop", new("https://shop.example.org/")));
        await tellings.RecordAsync(new(first.Id, "github.com/Mia/Shop", DeploymentFact.Begun, 1007, "mia@github", Now), Cancellation);
        await tellings.RecordAsync(new(first.Id, Shop, DeploymentFact.Begun, 1008, "mia@github", Now), Cancellation);

        var read = Assert.Single(await tellings.ReadAsync(Shop, 10, Cancellation));

        Assert.Equal((first.Id, 1007L), (read.Deployment.Id, read.Told[DeploymentFact.Begun]));
    }

    [Fact]
    public async Task Secrets_in_addresses_and_in_who_told_are_not_recorded()
    {
        static string Hide(string text) => text.Replace("hunter2", "***", StringComparison.Ordinal);
        (ledger, tellings) = (new(source, TimeProvider.System) { Hide = Hide }, new(source, TimeProvider.System) { Hide = Hide });
        var first = await BeginAsync('a', new(Shop, new("https://shop.example.org/?key=hunter2")) { Log = new("https://hunter2/log") });
        await tellings.RecordAsync(new(first.Id, Shop, DeploymentFact.Begun, 1007, "mia-hunter2@laptop", Now), Cancellation);

        Assert.Equal(
            new Listener(Shop, new("https://shop.example.org/?key=***")) { Log = new("https://hidden.invalid/") }, Assert.Single(await tellings.ReadAsync(Shop, 10, Cancellation)).Listener);
        await using var who = source.CreateCommand("select told_by from pipeline_ledger.tellings");
        Assert.Equal("mia-***@laptop", await who.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task One_after_the_other_tells_a_listener_and_others_do_not_wait()
    {
        var turn = await tellings.TakeTurnAsync(Shop, Cancellation);
        await using var other = await tellings.TakeTurnAsync("github.com/mia/other", Cancellation);
        var next = tellings.TakeTurnAsync(Shop, Cancellation);
        using (var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation))
        {
            var given = tellings.TakeTurnAsync(Shop, impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        }
        Assert.False(next.IsCompleted);

        await turn.DisposeAsync();

        await using var mine = await next;
    }

    private Task<DeploymentRecord> BeginAsync(char digit, Listener? listener) =>
        ledger.BeginAsync(Samples.Request(Samples.Release(digit, $"{digit}")) with { Listener = listener }, Colour.Blue, new(1), Cancellation);
}
