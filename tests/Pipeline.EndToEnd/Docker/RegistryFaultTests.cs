using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.EndToEnd.Docker;

/// <summary>What is between a release and production's host goes wrong while the host fetches it. Nothing is recorded of that, for nothing has begun.</summary>
[Collection(DockerCollection.Name)]
public sealed class RegistryFaultTests(TwoHosts hosts)
{
    private const int SomeOfALayer = 100_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_that_dies_in_the_midst_of_a_pull_is_named_and_the_next_run_goes_on_when_it_is_back()
    {
        var next = await hosts.UnseenAsync();
        await using var door = new BreakingDoor(hosts.Registry);
        using var _ = hosts.Saying(("PIPELINE_REGISTRY", $"{door.Address}/shop"), ("PIPELINE_INSECURE_REGISTRY", door.Address));
        (await hosts.Installation.RunAsync("--target", "PushImage", "--release", next.Value)).Expect(0);
        await ExpectRefusedAsync(next, () => door.BreakAfter(SomeOfALayer), run =>
        {
            Assert.True(door.IsBroken, run.Everything);
            run.ExpectText($"production: host unix://{hosts.ProductionHost.Socket}: pulling {door.Address}/shop@{next}: ");
            Assert.Matches("; (start the registry, or open the host's way to it|the transfer broke off; run again when the registry answers)", run.Everything);
            return door.MendAsync();
        });
    }

    [Fact]
    public async Task A_blob_that_was_changed_in_the_registry_is_refused_and_what_the_message_says_helps()
    {
        var next = await hosts.UnseenAsync();
        (await hosts.Installation.RunAsync("--target", "PushImage", "--release", next.Value)).Expect(0);
        var layer = (await hosts.Installation.Store.VerifyAsync(next, Stop)).Layers[^1].Digest;
        var blob = hosts.Registry.Blob(layer.Value);
        var bytes = await File.ReadAllBytesAsync(blob, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, Stop);
        await ExpectRefusedAsync(next, () => { }, run =>
        {
            run.ExpectText($"production: host unix://{hosts.ProductionHost.Socket}: pulling {hosts.Registry.Address}/shop@{next}: ").ExpectText(layer.Value);
            run.ExpectText("; a blob in the registry's storage was changed: delete it there, then run again from a machine that has the release, which sends it anew");
            File.Delete(blob);
            return Task.CompletedTask;
        });
    }

    // The disk gets some room before anything is asserted: an engine whose disk has not one byte left cannot even forget an image.
    [Fact]
    public async Task A_full_disk_of_a_host_is_named_and_the_next_run_goes_on_once_there_is_room()
    {
        var next = await hosts.UnseenAsync();
        await ExpectRefusedAsync(next, hosts.ProductionHost.Disk.Fill, async run =>
        {
            hosts.ProductionHost.Disk.Free();
            run.ExpectText($"production: host unix://{hosts.ProductionHost.Socket}: pulling {hosts.Registry.Address}/shop@{next}: ").ExpectText("no space left on device");
            run.ExpectText("; free space on the host's disk with --target Prune, then run again");
            (await hosts.Installation.RunAsync("--target", "Prune", "--environment", "production", "--keep", "1")).Expect(0);
        });
    }

    /// <summary>Holds that users are served all the way, that nothing is recorded of the run that failed, and that the next one goes on.</summary>
    private async Task ExpectRefusedAsync(Digest next, Action breakIt, Func<RunResult, Task> mendAsync)
    {
        var (before, recorded) = (await hosts.ServingAsync(), (await hosts.Door.HistoryAsync("production", Stop)).Count);
        await using var witness = new Witness(hosts.Production);
        breakIt();
        var refused = await hosts.PromoteAsync(next);
        refused.Expect(1);
        await mendAsync(refused);
        Assert.Equal(before, await hosts.ServingAsync());
        Assert.Equal(recorded, (await hosts.Door.HistoryAsync("production", Stop)).Count);

        (await hosts.PromoteAsync(next)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(next);
    }
}
