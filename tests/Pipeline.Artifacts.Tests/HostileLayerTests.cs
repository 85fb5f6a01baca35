using System.Formats.Tar;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Tests;

public sealed class HostileLayerTests
{
    [Theory]
    [InlineData("../escaped", "entry '../escaped' leaves the image by '..'")]
    [InlineData("app/../../escaped", "entry 'app/../../escaped' leaves the image by '..'")]
    [InlineData("/etc/escaped", "entry '/etc/escaped' has an absolute path")]
    [InlineData("app\\..\\escaped", "entry 'app\\..\\escaped' has a character in its path that is not allowed there")]
    public async Task A_path_out_of_the_image_is_refused(string path, string reason)
    {
        using var sample = new Sample();
        await AssertRefusedAsync(sample, HostileImage.Tar(HostileImage.File(path, "gotcha")), reason);
        Assert.False(Directory.Exists(sample.CacheRoot));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "SymbolicLink")]
    [InlineData(TarEntryType.HardLink, "HardLink")]
    public async Task A_link_is_refused_wherever_it_points(TarEntryType kind, string name)
    {
        using var sample = new Sample();
        await AssertRefusedAsync(
            sample, HostileImage.Tar(HostileImage.Link(kind, "app/out", "/etc")), $"entry 'app/out' is a {name} to '/etc'; only regular files and folders are unpacked");
    }

    [Fact]
    public async Task A_device_is_refused()
    {
        using var sample = new Sample();
        await AssertRefusedAsync(
            sample,
            HostileImage.Tar(new PaxTarEntry(TarEntryType.CharacterDevice, "app/null")),
            "entry 'app/null' is a CharacterDevice; only regular files and folders are unpacked");
    }

    [Fact]
    public async Task An_entry_that_is_there_twice_is_refused()
    {
        using var sample = new Sample();
        await AssertRefusedAsync(
            sample, HostileImage.Tar(HostileImage.File("app/run", "one"), HostileImage.File("./app//run", "two")), "entry 'app/run' is there twice");
    }

    [Fact]
    public async Task A_file_that_is_also_a_folder_is_refused()
    {
        using var sample = new Sample();
        await AssertRefusedAsync(sample, HostileImage.Tar(HostileImage.File("app"), HostileImage.File("app/run")), "'app' is a file and a folder at once");
    }

    [Fact]
    public async Task Bytes_that_are_no_archive_are_refused()
    {
        using var sample = new Sample();
        var noise = new byte[2048];
        new Random(1).NextBytes(noise);
        var refusal = await RefusalAsync(sample, await HostileImage.WriteAsync(sample, noise));
        Assert.Contains($"its layer 1, blob {HostileImage.Hash(noise)}, is refused: ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_archive_is_refused()
    {
        using var sample = new Sample();
        var whole = HostileImage.Tar(HostileImage.File("app/run", new string('x', 5000)));
        var refusal = await RefusalAsync(sample, await HostileImage.WriteAsync(sample, whole[..3000]));
        Assert.Contains("is refused: ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_beyond_the_limit_is_refused_before_it_is_unpacked()
    {
        using var sample = new Sample();
        var tar = HostileImage.Tar(new UstarTarEntry(TarEntryType.RegularFile, "app/run"));
        HostileImage.ClaimSize(tar, "77777777777");
        await AssertRefusedAsync(sample, tar, "the image has more than 4294967296 bytes");
    }

    [Fact]
    public async Task A_compressed_layer_that_unpacks_to_something_else_is_refused()
    {
        using var sample = new Sample();
        var (promised, given) = (HostileImage.Tar(HostileImage.File("app/run", "good")), HostileImage.Tar(HostileImage.File("app/run", "evil")));
        var digest = await HostileImage.WriteAsync(sample, MediaTypes.LayerGzip, [HostileImage.Gzip(given)], [HostileImage.Hash(promised)]);
        Assert.Contains(
            $"is refused: unpacks to {HostileImage.Hash(given)} instead of {HostileImage.Hash(promised)}", await RefusalAsync(sample, digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upper_layer_replaces_and_deletes_what_lies_below()
    {
        using var sample = new Sample();
        var digest = await HostileImage.WriteAsync(
            sample,
            HostileImage.Tar(
                HostileImage.File("app/run", "old"), HostileImage.File("app/gone", "x"), HostileImage.File("app/data/a", "a"), HostileImage.File("logs/b/c", "c")),
            HostileImage.Tar(
                HostileImage.File("app/run", "new"), HostileImage.File("app/.wh.gone"), HostileImage.File("app/data/.wh..wh..opq"),
                HostileImage.File("app/data/d", "d"), HostileImage.File(".wh.logs")));
        var files = await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["app/data/d", "app/run"],
            Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(files.Root, path)).Order(StringComparer.Ordinal));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(files.Root, "app/run"), TestContext.Current.CancellationToken));
        Assert.Equal([Path.Combine(files.Root, "app/run")], files.Command);
    }

    private static async Task AssertRefusedAsync(Sample sample, byte[] layer, string reason)
    {
        var digest = await HostileImage.WriteAsync(sample, layer);
        Assert.Equal(
            $"artifact {digest}: its layer 1, blob {HostileImage.Hash(layer)}, is refused: {reason}; build it again with ./build.sh --target BuildImage --force BuildImage",
            await RefusalAsync(sample, digest));
    }

    private static async Task<string> RefusalAsync(Sample sample, Digest digest) =>
        (await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken))).Message;
}
