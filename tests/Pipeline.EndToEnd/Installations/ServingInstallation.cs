using Pipeline.Delivery.Releases;

namespace Pipeline.EndToEnd.Installations;

/// <summary>One installation for all fault tests, with production up and two more releases rehearsed. Each test leaves it serving; the next goes on from there.</summary>
public sealed class ServingInstallation : IAsyncLifetime
{
    private LedgerDoor? door;

    public Installation Installation { get; } = new();

    public LedgerDoor Door => door!;

    public Variants Variants { get; private set; } = null!;

    public Parts Parts => new(Installation);

    public Digest First { get; private set; }

    public Digest Second { get; private set; }

    /// <summary>A release that no environment ever got.</summary>
    public Digest NeverDeployed { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var built = await Installation.BuildAsync();
        Variants = new(Installation, built);
        // The ledger is there once something was asked of it.
        (await Installation.RunAsync("--target", "DeployStaging", "--release", built.Value)).Expect(0);
        door = await LedgerDoor.OpenAsync(Installation, CancellationToken.None);
        First = await RehearseAsync(built);
        Second = await RehearseAsync(await Variants.GoodAsync(CancellationToken.None));
        NeverDeployed = await Variants.GoodAsync(CancellationToken.None);
        (await PromoteAsync(First)).Expect(0);
        (await PromoteAsync(Second)).Expect(0);
    }

    /// <summary>Puts a release on staging and tests it there, so that it may be promoted.</summary>
    public async Task<Digest> RehearseAsync(Digest digest)
    {
        await SayTestedAsync(digest);
        (await Installation.RunAsync("--target", "SmokeTest", "--release", digest.Value)).Expect(0);
        return digest;
    }

    /// <summary>Says of a release all that staging would say, without putting it there: for releases that go wrong only later.</summary>
    public async Task SayRehearsedAsync(Digest digest)
    {
        await SayTestedAsync(digest);
        var release = await Installation.Store.ReadReleaseAsync(digest, CancellationToken.None);
        await Door.Ledger.RecordRehearsalAsync(
            release, new(digest, "staging", "smoke", Passed: true, TimeProvider.System.GetUtcNow(), "end-to-end tests", "said to be good"), CancellationToken.None);
    }

    public async Task SayTestedAsync(Digest digest) => await Door.SayTestedAsync(await Installation.Store.ReadReleaseAsync(digest, CancellationToken.None), CancellationToken.None);

    /// <summary>The rehearsed release that does not serve production now, so that promoting it does something.</summary>
    public async Task<Digest> OtherAsync() => await Installation.ServingAsync() == First ? Second : First;

    public BuildRun StartPromotion(Digest digest) => Installation.Start("--target", "PromoteProduction", "--release", digest.Value);

    public Task<RunResult> PromoteAsync(Digest digest) => Installation.RunAsync("--target", "PromoteProduction", "--release", digest.Value);

    public Task<RunResult> RollBackAsync(params string[] arguments) => Installation.RunAsync(["--target", "Rollback", .. arguments]);

    /// <summary>Holds what users see: the header and the release's own word.</summary>
    public async Task ExpectAnswersAsync(Digest digest)
    {
        Assert.Equal(digest, await Installation.ServingAsync());
        using var client = new HttpClient { BaseAddress = Installation.Production };
        Assert.Contains($"\"{digest}\"", await client.GetStringAsync(new Uri("/version", UriKind.Relative)), StringComparison.Ordinal);
    }

    /// <summary>Holds what must be true after everything: production is healthy, runs the release, and no deployment is left unfinished.</summary>
    public async Task ExpectServingAsync(Digest digest)
    {
        var production = await Installation.StatusAsync("production");
        Assert.Equal("healthy", production.GetProperty("state").GetString());
        Assert.Equal(digest.Value, production.GetProperty("release").GetProperty("digest").GetString());
        Assert.All(
            production.GetProperty("instances").EnumerateArray().Where(instance => instance.GetProperty("weight").GetInt32() > 0),
            instance => Assert.Equal(digest.Value, instance.GetProperty("digest").GetString()));
        Assert.All(await Door.HistoryAsync("production", CancellationToken.None), deployment => Assert.NotNull(deployment.Outcome));
    }

    public async ValueTask DisposeAsync()
    {
        if (door is not null)
            await door.DisposeAsync();
        await Installation.DisposeAsync();
    }
}
