using Pipeline.Targets.Fingerprints;
using Pipeline.Testing;

namespace Pipeline.Targets.Tests.Fingerprints;

public sealed class StatCacheTests
{
    [Fact]
    public void A_change_within_the_tick_of_the_cache_is_seen()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("a.cs");
        for (var round = 0; round < 50; round++)
        {
            File.WriteAllText(file, $"version {round:00}");
            var cache = StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System);
            var before = cache.Hash("a.cs");
            cache.Save();
            File.WriteAllText(file, $"VERSION {round:00}");
            Assert.NotEqual(before, StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System).Hash("a.cs"));
        }
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_of_modification_is_seen()
    {
        using var folder = new TemporaryDirectory();
        Needs.That(OperatingSystem.IsLinux(), "only Linux tells the time of change");
        var file = folder.Combine("a.cs");
        await File.WriteAllTextAsync(file, "one", TestContext.Current.CancellationToken);
        var old = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        File.SetLastWriteTimeUtc(file, old);
        // The clock that stamps files cannot be set: only a file that really rested is remembered.
        await Task.Delay(TimeSpan.FromMilliseconds(2100), TestContext.Current.CancellationToken);
        var cache = StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System);
        var before = cache.Hash("a.cs");
        cache.Save();
        await File.WriteAllTextAsync(file, "two", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, old);
        Assert.NotEqual(before, StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System).Hash("a.cs"));
    }

    [Fact]
    public void A_damaged_cache_costs_time_and_never_truth()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.Combine("a.cs"), "one");
        var hash = StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System).Hash("a.cs");
        foreach (var damage in new byte[][] { [], [1], [1, 0, 0, 0, 255, 255, 255, 127, 3], [9, 9, 9, 9] })
        {
            File.WriteAllBytes(folder.Combine("cache"), damage);
            Assert.Equal(hash, StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System).Hash("a.cs"));
        }
    }

    [Fact]
    public void Mode_and_kind_of_a_file_belong_to_its_content()
    {
        using var folder = new TemporaryDirectory();
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no execute bit");
            return;
        }

        File.WriteAllText(folder.Combine("tool"), "echo");
        var cache = StatCache.Open(folder.Path, folder.Combine("cache"), TimeProvider.System);
        var plain = cache.Hash("tool");
        File.SetUnixFileMode(folder.Combine("tool"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(plain + "+x", cache.Hash("tool"));
        File.CreateSymbolicLink(folder.Combine("link"), "tool");
        Assert.StartsWith("link:", cache.Hash("link"), StringComparison.Ordinal);
        Assert.Null(cache.Hash("nothing"));
        Assert.Null(cache.Hash("."));
    }
}
