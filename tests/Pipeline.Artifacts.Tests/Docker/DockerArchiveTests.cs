using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Tests.Systems;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Docker;

public sealed class DockerArchiveTests
{
    [Fact]
    public async Task Skopeo_reads_the_archive_and_finds_the_same_layers_and_configuration()
    {
        var skopeo = Needs.Program("skopeo");
        using var root = new Root();
        using var sample = new Sample();
        var artifact = await sample.Store.WriteAsync(sample.Image() with { Base = await root.WriteAsync() }, TestContext.Current.CancellationToken);
        var archive = root.StoreRoot + ".tar";
        await using (var output = File.Create(archive))
        {
            var id = await DockerArchive.WriteAsync(new("sample", artifact.Digest, sample.Store), ["sample:1.2.3"], output, TestContext.Current.CancellationToken);
            Assert.Contains(id.Value, await File.ReadAllTextAsync(sample.Blob(artifact.Digest), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Equal(
            await Command.RunAsync(skopeo, "inspect", "--config", $"oci:{sample.StoreRoot}:1.2.3"),
            await Command.RunAsync(skopeo, "inspect", "--config", $"docker-archive:{archive}:sample:1.2.3"));
        await Command.RunAsync(skopeo, "copy", "--insecure-policy", $"docker-archive:{archive}:sample:1.2.3", $"oci:{root.StoreRoot}:copied");
        await root.Store.VerifyAsync(root.Store.Find("copied").Digest, TestContext.Current.CancellationToken);
    }
}
