using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Postgres.Embedded;
using Pipeline.Testing.Registries;

namespace Pipeline.EndToEnd;

/// <summary>Two clones with nothing in common but a registry and a ledger: one builds and rehearses, the other promotes.</summary>
[Collection(BareCollection.Name)]
public sealed class RegistryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_clone_promotes_and_goes_back_with_nothing_but_digests_the_registry_and_the_ledger()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var builder = new Installation();
        builder.Environment["PIPELINE_REGISTRY"] = $"{registry.Host}/shop";
        var first = await builder.BuildAsync();
        (await builder.RunAsync("--target", "DeployStaging", "--release", first.Value)).Expect(0).ExpectText($"{registry.Host}/shop@{first}");
        await using var door = await LedgerDoor.OpenAsync(builder, Stop);
        var second = await new Variants(builder, first).GoodAsync(Stop);
        foreach (var release in new[] { first, second })
            await RehearseAsync(builder, door, release);
        (await builder.RunAsync("--target", "PushImage", "--release", second.Value)).Expect(0).ExpectText($"= PushImage  {registry.Host}/shop has it");

        await using var operations = new Installation(builder);
        Forget(operations);
        operations.Environment["PIPELINE_REGISTRY"] = $"{registry.Host}/shop";
        operations.Environment["PIPELINE_LEDGER"] = await LedgerOfAsync(builder);
        operations.Environment["PIPELINE_TRUSTED_KEYS"] = Path.Combine(builder.Home, "keys", "signing.pub.pem");
        foreach (var release in new[] { first, second })
        {
            (await operations.RunAsync("--target", "PromoteProduction", "--release", release.Value)).Expect(0).ExpectText($"{release} fetched from {registry.Host}/shop");
            Assert.Equal(release, await operations.ServingAsync());
        }

        Forget(operations);
        (await operations.RunAsync("--target", "Rollback")).Expect(0).ExpectText($"{first} fetched from {registry.Host}/shop");
        Assert.Equal(first, await operations.ServingAsync());
        (await operations.RunAsync("--target", "VerifyArtifact", "--release", first.Value)).Expect(0);
    }

    [Fact]
    public async Task A_release_that_the_registry_lacks_or_was_changed_there_is_refused_before_anything_changes_and_a_registry_that_is_not_named_is_misuse()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var installation = new Installation();
        installation.Environment["PIPELINE_REGISTRY"] = $"{registry.Host}/shop";
        var release = await installation.BuildAsync();
        var layer = (await installation.Store.VerifyAsync(release, Stop)).Layers[0].Digest;
        (await installation.RunAsync("--target", "PushImage", "--release", release.Value)).Expect(0);
        (await installation.RunAsync("--target", "PushImage", "--release", release.Value)).Expect(0).ExpectText($"= PushImage  {registry.Host}/shop has it");
        Folders.Copy(Path.Combine(installation.Home, "artifacts"), Path.Combine(installation.Home, "kept"));
        Forget(installation);
        (await installation.RunAsync("--target", "DeployStaging", "--release", $"sha256:{new string('a', 64)}")).Expect(1)
            .ExpectText($"registry {registry.Host}, repository shop, has no image sha256:{new string('a', 64)}; push it with ");
        await File.AppendAllTextAsync(registry.Blob(layer.Value), "!", Stop);
        (await installation.RunAsync("--target", "DeployStaging", "--release", release.Value)).Expect(1).ExpectText($"blob {layer}: it was changed on its disk or on the way; nothing of it was kept");
        Assert.Equal("absent", await installation.StateAsync("staging"));

        installation.Environment.Remove("PIPELINE_REGISTRY");
        Folders.Copy(Path.Combine(installation.Home, "kept"), Path.Combine(installation.Home, "artifacts"));
        (await installation.RunAsync("--target", "PushImage", "--release", release.Value)).Expect(2).ExpectText("PushImage: no registry is named; pass --registry host:port/shop, or set PIPELINE_REGISTRY");
        (await installation.RunAsync("--target", "PushImage", "--registry", "shop")).Expect(2).ExpectText("--registry 'shop' is no repository of a registry; write host[:port]/name");
    }

    private static async Task RehearseAsync(Installation installation, LedgerDoor door, Digest release)
    {
        await door.SayTestedAsync(await installation.Store.ReadReleaseAsync(release, Stop), Stop);
        (await installation.RunAsync("--target", "SmokeTest", "--release", release.Value)).Expect(0);
    }

    private static void Forget(Installation installation)
    {
        foreach (var folder in new[] { "artifacts", "evidence" })
            Directory.Delete(Path.Combine(installation.Home, folder), recursive: true);
    }

    private static async Task<string> LedgerOfAsync(Installation installation)
    {
        var server = new EmbeddedPostgres(Path.Combine(installation.Home, "ledger", "postgres"), installation.Supervisors(), TimeProvider.System, new() { Database = "ledger" });
        return (await server.EnsureRunningAsync(Stop)).Url;
    }
}
