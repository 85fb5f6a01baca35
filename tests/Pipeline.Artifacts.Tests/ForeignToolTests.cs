using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

/// <summary>Tools that others wrote read what is written here.</summary>
public sealed class ForeignToolTests
{
    [Fact]
    public async Task Skopeo_reads_the_image_by_its_version()
    {
        var skopeo = Needs.Program("skopeo");
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        using var inspected = JsonDocument.Parse(await Command.RunAsync(skopeo, "inspect", $"oci:{sample.StoreRoot}:1.2.3"));
        var root = inspected.RootElement;
        Assert.Equal(artifact.Digest.Value, root.GetProperty("Digest").GetString());
        Assert.Equal("2026-03-04T05:06:07Z", root.GetProperty("Created").GetString());
        Assert.Equal(["DOTNET_gcServer=0", $"PIPELINE_COMMIT={Sample.Commit}", "PIPELINE_VERSION=1.2.3"], root.GetProperty("Env").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["org.opencontainers.image.created"] = "2026-03-04T05:06:07Z",
                ["org.opencontainers.image.revision"] = Sample.Commit,
                ["org.opencontainers.image.source"] = "https://example.org/sample",
                ["org.opencontainers.image.title"] = "sample",
                ["org.opencontainers.image.version"] = "1.2.3",
                ["pipeline.migrations"] = "0001_products,0002_names",
                ["pipeline.sdk"] = "10.0.100",
            },
            root.GetProperty("Labels").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()));
    }

    [Fact]
    public async Task Skopeo_copies_the_image_hashing_every_blob_and_what_it_wrote_is_read_here()
    {
        var skopeo = Needs.Program("skopeo");
        using var sample = new Sample();
        using var other = new Sample();
        var artifact = await sample.WriteAsync();
        await Command.RunAsync(skopeo, "copy", "--insecure-policy", "--preserve-digests", $"oci:{sample.StoreRoot}:1.2.3", $"oci:{other.StoreRoot}:1.2.3");
        Assert.Equal(artifact.Digest, other.Store.Find("1.2.3").Digest);
        Assert.Equivalent(artifact, await other.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken), strict: true);
    }

    [Fact]
    public async Task A_layer_that_skopeo_compressed_is_unpacked_to_the_same_files()
    {
        var skopeo = Needs.Program("skopeo");
        using var sample = new Sample();
        using var other = new Sample();
        await sample.WriteAsync();
        await Command.RunAsync(
            skopeo, "copy", "--insecure-policy", "--dest-compress", "--dest-compress-format", "gzip", $"oci:{sample.StoreRoot}:1.2.3", $"oci:{other.StoreRoot}:packed");
        var packed = other.Store.Find("packed");
        var manifest = await File.ReadAllTextAsync(other.Blob(packed.Digest), TestContext.Current.CancellationToken);
        Assert.Contains("tar+gzip", manifest, StringComparison.Ordinal);
        var files = await other.Cache.UnpackAsync(packed.Digest, TestContext.Current.CancellationToken);
        Assert.Equal("not really an assembly", await File.ReadAllTextAsync(Path.Combine(files.Root, "app/Sample.dll"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Tar_lists_a_layer_with_sorted_entries_no_owner_and_modes_by_rule()
    {
        var tar = Needs.Program("tar");
        using var sample = new Sample();
        sample.Put("start.sh", "#!/bin/sh\n");
        var artifact = await sample.WriteAsync();
        var listing = await Command.RunAsync(tar, "--utc", "--numeric-owner", "-tvf", sample.Blob(artifact.Layers[0].Digest));
        Assert.Equal(
            """
            drwxr-xr-x 0/0 2026-03-04 05:06 app/
            -rw-r--r-- 0/0 2026-03-04 05:06 app/Sample.dll
            drwxr-xr-x 0/0 2026-03-04 05:06 app/migrations/
            -rw-r--r-- 0/0 2026-03-04 05:06 app/migrations/0001_products.sql
            -rw-r--r-- 0/0 2026-03-04 05:06 app/migrations/0002_names.sql
            -rwxr-xr-x 0/0 2026-03-04 05:06 app/start.sh
            drwxr-xr-x 0/0 2026-03-04 05:06 app/wwwroot/
            -rw-r--r-- 0/0 2026-03-04 05:06 app/wwwroot/index.html
            """,
            string.Join('\n', listing.Trim().Split('\n').Select(WithoutSize)));
    }

    [Fact]
    public async Task Long_and_foreign_names_travel_through_tar_and_through_the_cache()
    {
        var tar = Needs.Program("tar");
        using var sample = new Sample();
        var deep = $"wwwroot/{new string('a', 120)}/{new string('b', 90)}.txt";
        sample.Put(deep, "deep");
        sample.Put("wwwroot/grüße 店.txt", "hello");
        var artifact = await sample.WriteAsync();
        var listing = await Command.RunAsync(tar, "--quoting-style=literal", "-tf", sample.Blob(artifact.Layers[0].Digest));
        Assert.Contains($"app/{deep}", listing.Split('\n'));
        Assert.Contains("app/wwwroot/grüße 店.txt", listing.Split('\n'));
        var files = await sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Equal("deep", await File.ReadAllTextAsync(Path.Combine(files.Root, "app", deep), TestContext.Current.CancellationToken));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(files.Root, "app/wwwroot/grüße 店.txt"), TestContext.Current.CancellationToken));
    }

    private static string WithoutSize(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"{words[0]} {words[1]} {words[3]} {words[4]} {words[5]}";
    }
}
