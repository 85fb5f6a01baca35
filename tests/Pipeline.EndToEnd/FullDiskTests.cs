using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>The disk that PIPELINE_HOME lies on is full: before anything runs, and while both environments serve.</summary>
[Collection(BareCollection.Name)]
public sealed class FullDiskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_named_with_a_remedy_users_are_served_and_the_next_run_goes_on_once_there_is_room()
    {
        using var disk = new SmallDisk();
        await using var installation = new Installation(home: Path.Combine(disk.Folder, "home"));
        var release = await installation.BuildAsync();
        await BuildWithoutRoomAsync(disk, installation);
        (await installation.RunAsync("--target", "BuildImage", "--force", "BuildImage")).Expect(0).ExpectText(release.Value);
        await installation.SealAsync(release);
        await DeployAsync(installation, "DeployStaging", release.Value);

        var other = await new Variants(installation, release).GoodAsync(Stop);
        await using (var witness = new Witness(installation.Staging))
        {
            disk.Fill();
            var refused = (await installation.RunAsync("--target", "DeployStaging", "--release", other.Value)).Expect(1);
            disk.Free();
            ExpectRemedy(refused, disk);
            await DeployAsync(installation, "DeployStaging", other.Value);
            await witness.ExpectServedAllTheWayAsync();
        }
        var staging = await installation.StatusAsync("staging");
        Assert.Equal(("healthy", other.Value), (staging.GetProperty("state").GetString(), staging.GetProperty("release").GetProperty("digest").GetString()));
    }

    private static async Task BuildWithoutRoomAsync(SmallDisk disk, Installation installation)
    {
        Directory.Delete(Path.Combine(installation.Home, "artifacts"), recursive: true);
        disk.Fill();
        var refused = (await installation.RunAsync("--target", "BuildImage", "--force", "BuildImage")).Expect(1);
        disk.Free();
        ExpectRemedy(refused, disk);
    }

    private static async Task DeployAsync(Installation installation, string target, string release) =>
        (await installation.RunAsync("--target", target, "--release", release)).Expect(0);

    private static void ExpectRemedy(RunResult refused, SmallDisk disk)
    {
        refused.ExpectText(disk.Folder).ExpectText("No space left on device");
        Assert.True(refused.Everything.Contains("free space", StringComparison.OrdinalIgnoreCase), refused.Everything);
    }
}
