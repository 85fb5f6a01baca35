using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

public sealed class ApplicationCacheTests
{
    [Fact]
    public async Task An_application_is_unpacked_with_its_command_made_startable()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var files = await sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(sample.CacheRoot, artifact.Digest.Hex), files.Root);
        Assert.Equal(["dotnet", Path.Combine(files.Root, "app/Sample.dll")], files.Command);
        Assert.Equal(Path.Combine(files.Root, "app"), files.WorkingDirectory);
        Assert.Equal("<h1>Sample</h1>", await File.ReadAllTextAsync(Path.Combine(files.Root, "app/wwwroot/index.html"), TestContext.Current.CancellationToken));
        Assert.Equal(
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["PIPELINE_COMMIT"] = Sample.Commit, ["PIPELINE_VERSION"] = "1.2.3" },
            files.Environment);
    }

    [Fact]
    public async Task Unpacked_files_are_read_only_and_carry_the_time_of_the_commit()
    {
        using var sample = new Sample();
        sample.Put("start.sh", "#!/bin/sh\necho started\n");
        var files = await sample.Cache.UnpackAsync((await sample.WriteAsync()).Digest, TestContext.Current.CancellationToken);
        Assert.Equal("r--r--r--", Mode(Path.Combine(files.Root, "app/Sample.dll")));
        Assert.Equal("r-xr-xr-x", Mode(Path.Combine(files.Root, "app/start.sh")));
        Assert.Equal("started\n", await Command.RunAsync(Path.Combine(files.Root, "app/start.sh")));
        Assert.Equal(new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Path.Combine(files.Root, "app/Sample.dll")));
    }

    [Fact]
    public async Task A_second_call_finds_the_files_of_the_first()
    {
        using var sample = new Sample();
        var digest = (await sample.WriteAsync()).Digest;
        var first = await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        var made = Directory.GetCreationTimeUtc(first.Root);
        var second = await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        Assert.Equal((first.Root, made), (second.Root, Directory.GetCreationTimeUtc(second.Root)));
    }

    [Fact]
    public async Task Changed_added_removed_and_linked_files_are_refused_by_name()
    {
        using var sample = new Sample();
        sample.Put("linked.txt", "linked");
        var digest = (await sample.WriteAsync()).Digest;
        var root = (await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken)).Root;
        Replace(Path.Combine(root, "app/Sample.dll"), "not really an assemblY");
        File.Delete(Path.Combine(root, "app/wwwroot/index.html"));
        File.Delete(Path.Combine(root, "app/linked.txt"));
        File.CreateSymbolicLink(Path.Combine(root, "app/linked.txt"), "/etc/passwd");
        await File.WriteAllTextAsync(Path.Combine(root, "app/more.txt"), "more", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken));
        Assert.Equal(
            $"""
            artifact {digest} was unpacked into {root}, and its files there are no longer those of the artifact; see who wrote there, then delete that folder: it is unpacked anew
              - app/Sample.dll was changed: it hashes to {Hash("not really an assemblY")} instead of {Hash("not really an assembly")}
              - app/linked.txt was replaced by a link to /etc/passwd
              - app/wwwroot/index.html was removed
              - app/more.txt was added
            """,
            refusal.Message);
        Directory.Delete(root, recursive: true);
        await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_file_that_is_changed_after_it_was_verified_is_refused_though_its_size_and_time_stay()
    {
        using var sample = new Sample();
        var digest = (await sample.WriteAsync()).Digest;
        var root = (await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken)).Root;
        var file = Path.Combine(root, "app/Sample.dll");
        if (OperatingSystem.IsLinux())
            await Eventually.HoldsAsync(() => VerifiedApplication.Mark([root, file], TimeProvider.System.GetUtcNow()) is not null, "the files to be older than a moment");
        await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        var time = File.GetLastWriteTimeUtc(file);
        Replace(file, "not really an assemblY");
        File.SetLastWriteTimeUtc(file, time);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken));
        Assert.Contains("app/Sample.dll was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_is_changed_after_it_was_verified_is_refused()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var root = (await sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken)).Root;
        if (OperatingSystem.IsLinux())
            await Eventually.HoldsAsync(() => VerifiedApplication.Mark([root], TimeProvider.System.GetUtcNow()) is not null, "the files to be older than a moment");
        await sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        var blob = sample.Blob(artifact.Layers[0].Digest);
        Replace(blob, new string('x', (int)new FileInfo(blob).Length));
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.Contains(artifact.Layers[0].Digest.Value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_unpack_at_once_all_get_the_same_files()
    {
        using var sample = new Sample();
        var digest = (await sample.WriteAsync()).Digest;
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => new ApplicationCache(sample.CacheRoot, sample.Store).UnpackAsync(digest, TestContext.Current.CancellationToken))));
        Assert.Single(all.Select(files => files.Root).Distinct());
    }

    [Fact]
    public async Task What_a_killed_process_left_half_unpacked_is_cleared_away_and_never_used()
    {
        using var sample = new Sample();
        var digest = (await sample.WriteAsync()).Digest;
        var left = Path.Combine(sample.CacheRoot, ".unfinished", digest.Hex, "app");
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "Sample.dll"), "half", TestContext.Current.CancellationToken);
        await sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken);
        Assert.Equal([digest.Hex], Directory.GetDirectories(sample.CacheRoot).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Pruning_keeps_the_named_applications()
    {
        using var sample = new Sample();
        var (kept, gone) = ((await sample.WriteAsync("1.0.0")).Digest, (await sample.WriteAsync("1.1.0")).Digest);
        await sample.Cache.UnpackAsync(kept, TestContext.Current.CancellationToken);
        await sample.Cache.UnpackAsync(gone, TestContext.Current.CancellationToken);
        await sample.Cache.PruneAsync(new HashSet<Digest> { kept }, TestContext.Current.CancellationToken);
        Assert.Equal([kept.Hex], Directory.GetDirectories(sample.CacheRoot).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_application_that_is_not_in_the_store_is_refused()
    {
        using var sample = new Sample();
        var digest = Digest.Parse("sha256:" + new string('0', 64));
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(digest, TestContext.Current.CancellationToken));
        Assert.StartsWith($"artifact '{digest}' is not in {sample.StoreRoot}, which is empty;", refusal.Message, StringComparison.Ordinal);
    }

    private static void Replace(string path, string content)
    {
        File.Delete(path);
        File.WriteAllText(path, content);
    }

    private static string Hash(string content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));

    private static string Mode(string path)
    {
        var mode = OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (1 << (8 - bit))) == 0 ? '-' : "rwx"[bit % 3]));
    }
}
