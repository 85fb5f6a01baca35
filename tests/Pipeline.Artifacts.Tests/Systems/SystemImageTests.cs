using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Systems;

public sealed class SystemImageTests
{
    [Fact]
    public async Task A_root_folder_becomes_a_layer_as_it_is_with_one_time_for_all()
    {
        var tar = Needs.Program("tar");
        using var root = new Root();
        await Command.RunAsync("ln", root.Combine("usr/bin/helper"), root.Combine("usr/bin/helps-too"));
        Directory.CreateDirectory(root.Combine("proc/1"));
        Assert.Equal(
            """
            lrwxrwxrwx 2025-01-02 03:04 bin -> usr/bin
            drwxr-xr-x 2025-01-02 03:04 etc/
            -rw-r--r-- 2025-01-02 03:04 etc/os-release
            drwxr-xr-x 2025-01-02 03:04 proc/
            drwxr-xr-x 2025-01-02 03:04 usr/
            drwxr-xr-x 2025-01-02 03:04 usr/bin/
            -rw-r--r-- 2025-01-02 03:04 usr/bin/helper
            hrw-r--r-- 2025-01-02 03:04 usr/bin/helps-too link to usr/bin/helper
            -rwsr-xr-x 2025-01-02 03:04 usr/bin/start
            """,
            await ListAsync(tar, root, root.Image()));
    }

    [Fact]
    public async Task Owners_are_kept()
    {
        var tar = Needs.Program("tar");
        Needs.That(Environment.IsPrivilegedProcess, "files are given away by root only");
        using var root = new Root();
        await Command.RunAsync("chown", "--no-dereference", "999:998", root.Combine("etc/os-release"));
        var artifact = await root.Store.WriteAsync(root.Image(), TestContext.Current.CancellationToken);
        var listing = await Command.RunAsync(tar, "--numeric-owner", "-tvf", Blob(root, artifact));
        Assert.Contains(listing.Split('\n'), line => line.StartsWith("-rw-r--r-- 999/998 ", StringComparison.Ordinal) && line.EndsWith(" etc/os-release", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_layer_upon_another_root_has_what_changed_and_deletes_what_went()
    {
        var tar = Needs.Program("tar");
        using var lower = new Root();
        using var upper = new Root();
        upper.Put("etc/os-release", "ID=samplE\n");
        upper.Put("opt/new/file", "new");
        File.Delete(upper.Combine("usr/bin/helper"));
        File.Delete(upper.Combine("bin"));
        File.CreateSymbolicLink(upper.Combine("bin"), "usr/sbin");
        lower.Put("var/old/deep/file", "goes with its folder");
        lower.Put("srv/is-a-folder/file", "");
        upper.Put("srv/is-a-folder", "now a file");
        Assert.Equal(
            """
            lrwxrwxrwx 2025-01-02 03:04 bin -> usr/sbin
            drwxr-xr-x 2025-01-02 03:04 etc/
            -rw-r--r-- 2025-01-02 03:04 etc/os-release
            drwxr-xr-x 2025-01-02 03:04 opt/
            drwxr-xr-x 2025-01-02 03:04 opt/new/
            -rw-r--r-- 2025-01-02 03:04 opt/new/file
            drwxr-xr-x 2025-01-02 03:04 srv/
            -rw-r--r-- 2025-01-02 03:04 srv/is-a-folder
            drwxr-xr-x 2025-01-02 03:04 usr/
            drwxr-xr-x 2025-01-02 03:04 usr/bin/
            -rw-r--r-- 2025-01-02 03:04 usr/bin/.wh.helper
            -rw-r--r-- 2025-01-02 03:04 .wh.var
            """.Split('\n').Order(StringComparer.Ordinal),
            (await ListAsync(tar, upper, upper.Image(lower.Folder))).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_names_of_a_changed_file_are_packed_so_that_they_stay_one_file()
    {
        var tar = Needs.Program("tar");
        using var lower = new Root();
        using var upper = new Root();
        upper.Put("usr/bin/helper", "helped");
        await Command.RunAsync("ln", upper.Combine("usr/bin/helper"), upper.Combine("etc/helper"));
        Assert.Contains("hrw-r--r-- 2025-01-02 03:04 usr/bin/helper link to etc/helper", await ListAsync(tar, upper, upper.Image(lower.Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_link_targets_survive()
    {
        var tar = Needs.Program("tar");
        using var root = new Root();
        var target = string.Join('/', Enumerable.Repeat("größer", 30));
        File.CreateSymbolicLink(root.Combine("far"), target);
        var artifact = await root.Store.WriteAsync(root.Image(), TestContext.Current.CancellationToken);
        Assert.Contains($"far -> {target}", await Command.RunAsync(tar, "--quoting-style=literal", "-tvf", Blob(root, artifact)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_specification_is_said_at_once()
    {
        using var root = new Root();
        await Command.RunAsync("mkfifo", root.Combine("etc/pipe"));
        var image = root.Image() with
        {
            Title = "",
            Version = "no good",
            WorkingDirectory = "app",
            Layers = [new("/does/not/exist", "app")],
            Environment = new Dictionary<string, string> { ["1st"] = "" },
            Labels = new Dictionary<string, string> { [" "] = "" },
        };
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => root.Store.WriteAsync(image, TestContext.Current.CancellationToken));
        Assert.Equal(
            $"""
            the image of  no good cannot be built:
              - Title is empty; name the system
              - Version 'no good' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit
              - WorkingDirectory 'app' is no absolute path in the image; write one such as /app
              - layer target 'app' is no absolute path in the image; write one such as /app
              - Environment: '1st' is no name of a variable; use letters, digits and _
              - Labels: the name ' ' is empty; give it one
              - {root.Combine("etc/pipe")} is a device, a socket or a pipe; stop what uses it and take it out of the folder
              - layer app: the folder /does/not/exist does not exist; publish the application first
            """,
            refused.Message);
    }

    [Fact]
    public async Task A_root_folder_that_is_not_there_is_named()
    {
        using var root = new Root();
        var refused = await Assert.ThrowsAsync<DeliveryException>(
            () => root.Store.WriteAsync(root.Image() with { Systems = [new("/does/not/exist")] }, TestContext.Current.CancellationToken));
        Assert.Contains("the root folder /does/not/exist does not exist; name the folder that a system was installed into", refused.Message, StringComparison.Ordinal);
    }

    private static string Blob(Root root, Artifact artifact) => Path.Combine(root.StoreRoot, "blobs", "sha256", artifact.Layers[^1].Digest.Hex);

    /// <summary>The entries without owner and size.</summary>
    private static async Task<string> ListAsync(string tar, Root root, SystemImageSpecification image)
    {
        var artifact = await root.Store.WriteAsync(image, TestContext.Current.CancellationToken);
        var listing = await Command.RunAsync(tar, "--utc", "--numeric-owner", "-tvf", Blob(root, artifact));
        return string.Join('\n', listing.Trim().Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => $"{words[0]} {string.Join(' ', words[3..])}"));
    }
}
