using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Releases that go wrong in production although everything before said they were good.</summary>
[Collection(ServingCollection.Name)]
public sealed class BadReleaseTests(ServingInstallation serving)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_never_gets_ready_is_undone_and_its_log_is_shown()
    {
        var (before, bad) = await PrepareAsync(await serving.Variants.FaultyAsync("never-ready", Stop));
        await using var witness = new Witness(serving.Installation.Production);

        var run = (await serving.PromoteAsync(bad)).Expect(1);

        run.ExpectText("did not get ready").ExpectText("last probe: 500").ExpectText("this release never gets ready").ExpectText("serves as before");
        await witness.ExpectServedAllTheWayAsync();
        await ExpectAsync(before, DeploymentOutcome.Undone);
    }

    [Theory]
    [InlineData("cannot-start", "this release cannot start")]
    [InlineData("ends-when-asked", "ends as often as it is started; mend what its log says")]
    public async Task A_release_that_ends_is_undone_without_waiting_for_it_and_its_log_is_shown(string fault, string message)
    {
        var (before, bad) = await PrepareAsync(await serving.Variants.FaultyAsync(fault, Stop));
        await using var witness = new Witness(serving.Installation.Production);

        var run = (await serving.PromoteAsync(bad)).Expect(1);

        run.ExpectText(message).ExpectText("serves as before");
        Assert.DoesNotContain("did not get ready within", run.Everything, StringComparison.Ordinal);
        await witness.ExpectServedAllTheWayAsync();
        await ExpectAsync(before, DeploymentOutcome.Undone);
    }

    [Fact]
    public async Task A_release_that_fails_a_fifth_of_its_requests_is_rolled_back_by_itself()
    {
        var (before, bad) = await PrepareAsync(await serving.Variants.FaultyAsync("fails-under-traffic", Stop));
        await using var users = new Witness(serving.Installation.Production);

        var run = (await serving.PromoteAsync(bad)).Expect(4);

        run.ExpectText("rolled back").ExpectText("error rate below 1 %");
        await using var witness = new Witness(serving.Installation.Production);
        await Eventually.HoldsAsync(() => witness.Answers > 500, "users are answered again");
        await witness.ExpectServedAllTheWayAsync();
        await ExpectAsync(before, DeploymentOutcome.RolledBack);
    }

    [Fact]
    public async Task A_release_whose_configuration_is_incomplete_is_refused_by_the_key()
    {
        var (before, bad) = await PrepareAsync(await serving.Variants.WithUnmetSettingAsync(Stop));
        var deployments = (await serving.Door.HistoryAsync("production", Stop)).Count;

        var run = (await serving.PromoteAsync(bad)).Expect(3);

        run.ExpectText("SHOP_TAX_OFFICE").ExpectText(".env.production");
        Assert.Equal(deployments, (await serving.Door.HistoryAsync("production", Stop)).Count);
        await serving.ExpectServingAsync(before);
    }

    [Fact]
    public async Task A_release_without_evidence_from_staging_is_refused()
    {
        var before = await serving.Installation.ServingAsync();
        var unknown = await serving.Variants.GoodAsync(Stop);

        var run = (await serving.PromoteAsync(unknown)).Expect(3);

        run.ExpectText(unknown.Value).ExpectText("SmokeTest");
        await serving.ExpectServingAsync(before);
    }

    [Fact]
    public async Task An_artifact_that_was_tampered_with_is_refused_by_the_name_of_its_blob()
    {
        var (before, release) = await PrepareAsync(await serving.Variants.GoodAsync(Stop));
        var blob = Path.Combine(serving.Installation.Home, "artifacts", "blobs", "sha256", release.Hex);
        File.SetUnixFileMode(blob, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var manifest = await File.ReadAllTextAsync(blob, Stop);
        await File.WriteAllTextAsync(blob, manifest.Replace("variant", "forgery", StringComparison.Ordinal), Stop);

        var run = await serving.PromoteAsync(release);

        Assert.NotEqual(0, run.ExitCode);
        run.ExpectText(release.Hex);
        await serving.ExpectServingAsync(before);
        await File.WriteAllTextAsync(blob, manifest, Stop);
    }

    private async Task<(Digest Before, Digest Bad)> PrepareAsync(Digest bad)
    {
        await serving.SayRehearsedAsync(bad);
        return (await serving.Installation.ServingAsync(), bad);
    }

    private async Task ExpectAsync(Digest serves, DeploymentOutcome outcome)
    {
        await serving.ExpectServingAsync(serves);
        Assert.Equal(outcome, (await serving.Door.HistoryAsync("production", Stop))[0].Outcome);
    }
}
