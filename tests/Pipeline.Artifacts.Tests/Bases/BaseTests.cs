using System.Text.Json;
using Pipeline.Artifacts.Tests.Systems;
using Pipeline.Delivery;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Bases;

public sealed class BaseTests
{
    [Fact]
    public async Task An_image_upon_a_base_has_the_layers_of_the_base_and_then_its_own()
    {
        using var root = new Root();
        using var sample = new Sample();
        var below = await root.WriteAsync();
        var artifact = await WriteAsync(sample, below);
        var plain = await sample.WriteAsync("1.2.4");
        var layers = (await root.Store.VerifyAsync(below.Digest, TestContext.Current.CancellationToken)).Layers;
        Assert.Equal([.. layers, plain.Layers[0]], artifact.Layers);
        Assert.True(File.Exists(sample.Blob(layers[0].Digest)));
        Assert.Equal(artifact.Digest, (await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken)).Digest);
    }

    [Fact]
    public async Task Variables_and_labels_lie_upon_those_of_the_base_and_say_what_it_is()
    {
        var skopeo = Needs.Program("skopeo");
        using var root = new Root();
        using var sample = new Sample();
        var below = await root.WriteAsync();
        var artifact = await WriteAsync(sample, below);
        using var document = JsonDocument.Parse(await Command.RunAsync(skopeo, "inspect", "--config", $"oci:{sample.StoreRoot}:1.2.3"));
        var config = document.RootElement.GetProperty("config");
        Assert.Equal(
            ["PATH=/usr/bin", "DOTNET_gcServer=0", "LANG=en", $"PIPELINE_COMMIT={Sample.Commit}", "PIPELINE_VERSION=1.2.3"],
            config.GetProperty("Env").EnumerateArray().Select(variable => variable.GetString()));
        Assert.Equal("SIGINT", config.GetProperty("StopSignal").GetString());
        Assert.Equal("1654", config.GetProperty("User").GetString());
        var labels = config.GetProperty("Labels");
        Assert.Equal("somebody", labels.GetProperty("maintainer").GetString());
        Assert.Equal(below.Digest.Value, labels.GetProperty("org.opencontainers.image.base.digest").GetString());
        Assert.Equal("sample", labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal("1", labels.GetProperty("pipeline.application-layers").GetString());
        Assert.Equal(artifact.Layers.Count, document.RootElement.GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task The_process_engine_gets_the_application_alone_and_none_of_the_variables_of_the_base()
    {
        using var root = new Root();
        using var sample = new Sample();
        var artifact = await WriteAsync(sample, await root.WriteAsync());
        var files = await sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Equal(["app"], Directory.EnumerateFileSystemEntries(files.Root).Select(Path.GetFileName));
        Assert.Equal(["dotnet", Path.Combine(files.Root, "app/Sample.dll")], files.Command);
        Assert.Equal(["DOTNET_gcServer", "LANG", "PIPELINE_COMMIT", "PIPELINE_VERSION"], files.Environment.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_base_in_another_folder_gives_the_same_digest()
    {
        using var root = new Root();
        using var other = new Root();
        using var sample = new Sample();
        using var second = new Sample();
        Assert.Equal((await WriteAsync(sample, await root.WriteAsync())).Digest, (await WriteAsync(second, await other.WriteAsync() with { Name = "by another name" })).Digest);
    }

    [Fact]
    public async Task A_damaged_base_is_refused_by_name()
    {
        using var root = new Root();
        using var sample = new Sample();
        var below = await root.WriteAsync();
        var layer = (await root.Store.VerifyAsync(below.Digest, TestContext.Current.CancellationToken)).Layers[0].Digest;
        var blob = Path.Combine(root.StoreRoot, "blobs", "sha256", layer.Hex);
        var bytes = await File.ReadAllBytesAsync(blob, TestContext.Current.CancellationToken);
        bytes[600] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => WriteAsync(sample, BaseImage.InLayout(root.StoreRoot)));
        Assert.Contains($"artifact {below.Digest}: its layer 1 of 1, blob {layer}, was changed: its bytes hash to sha256:", refused.Message, StringComparison.Ordinal);
        Assert.Empty(sample.Store.List());
    }

    [Fact]
    public async Task A_base_layer_that_was_damaged_after_the_build_is_found_by_every_check()
    {
        using var root = new Root();
        using var sample = new Sample();
        var artifact = await WriteAsync(sample, await root.WriteAsync());
        await File.AppendAllTextAsync(sample.Blob(artifact.Layers[0].Digest), "x", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.Contains("layer 1 of 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(artifact.Digest, (await WriteAsync(sample, await root.WriteAsync())).Digest);
        await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_base_for_another_processor_is_refused()
    {
        using var root = new Root();
        using var sample = new Sample();
        await root.Store.WriteAsync(root.Image() with { Architecture = "arm64" }, TestContext.Current.CancellationToken);
        var below = BaseImage.InLayout(root.StoreRoot);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => WriteAsync(sample, below));
        Assert.Equal(
            $"the image of sample 1.2.3 is for linux/amd64, and its base image layout ({below.Digest}) for linux/arm64; name a base for linux/amd64", refused.Message);
    }

    [Fact]
    public async Task A_base_is_named_by_its_folder_its_version_or_its_digest()
    {
        using var root = new Root();
        var below = await root.WriteAsync();
        await root.Store.WriteAsync(root.Image() with { Version = "2", Title = "another" }, TestContext.Current.CancellationToken);
        Assert.Equal(below.Digest, BaseImage.InLayout($"oci:{root.StoreRoot}:1").Digest);
        Assert.Equal(below.Digest, BaseImage.InLayout($"{root.StoreRoot}@{below.Digest}").Digest);
        var refused = Assert.Throws<DeliveryException>(() => BaseImage.InLayout(root.StoreRoot));
        Assert.StartsWith(
            $"base image '{root.StoreRoot}' means 2 of the 2 images in {root.StoreRoot}; name one as oci:{root.StoreRoot}@DIGEST:\n  {below.Digest}  1\n", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_layout_is_refused_with_the_way_to_make_one()
    {
        using var folder = new TemporaryDirectory();
        var refused = Assert.Throws<DeliveryException>(() => BaseImage.InLayout($"oci:{folder.Path}"));
        Assert.Equal(
            $"base image 'oci:{folder.Path}': {folder.Path} is no image layout (it has no file oci-layout); make one with ./build.sh --target BuildBaseImage, or copy one with skopeo", refused.Message);
        Assert.False(BaseImage.IsLayout(folder.Path));
        Assert.False(BaseImage.IsLayout("registry.example.org/base@sha256:00"));
    }

    [Fact]
    public async Task A_base_that_skopeo_compressed_works_as_well()
    {
        var skopeo = Needs.Program("skopeo");
        using var root = new Root();
        using var packed = new TemporaryDirectory();
        using var sample = new Sample();
        await root.WriteAsync();
        await Command.RunAsync(skopeo, "copy", "--insecure-policy", "--dest-compress", "--dest-compress-format", "gzip", $"oci:{root.StoreRoot}:1", $"oci:{packed.Combine("base")}:1");
        var artifact = await WriteAsync(sample, BaseImage.InLayout(packed.Combine("base")));
        await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
        await Command.RunAsync(skopeo, "copy", "--insecure-policy", $"oci:{sample.StoreRoot}:1.2.3", $"oci:{packed.Combine("copy")}:1");
    }

    [Fact]
    public async Task The_image_of_a_system_is_no_application()
    {
        using var root = new Root();
        var below = await root.WriteAsync();
        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => new ApplicationCache(root.Combine("applications"), root.Store).UnpackAsync(below.Digest, TestContext.Current.CancellationToken));
        Assert.Equal($"artifact {below.Digest} is the image of a system and has no application in it; give the digest of an application's image", refused.Message);
    }

    private static Task<Artifact> WriteAsync(Sample sample, BaseImage below) => sample.Store.WriteAsync(
        sample.Image() with { Base = below, Environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["LANG"] = "en" } }, TestContext.Current.CancellationToken);
}
