namespace Pipeline.Artifacts.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public async Task The_same_files_in_another_folder_give_the_same_digest()
    {
        using var first = new Sample();
        using var second = new Sample();
        Assert.Equal((await first.WriteAsync()).Digest, (await second.WriteAsync()).Digest);
    }

    [Fact]
    public async Task The_digest_is_the_same_on_every_machine_and_under_every_runtime()
    {
        using var sample = new Sample();
        Assert.Equal("e8b964826f17", (await sample.WriteAsync()).Digest.Abbreviated);
    }

    [Fact]
    public async Task Neither_the_times_nor_the_modes_nor_the_order_of_files_on_disk_matter()
    {
        using var sample = new Sample();
        var before = await sample.WriteAsync();
        foreach (var file in Directory.GetFiles(sample.Application, "*", SearchOption.AllDirectories).Order().Reverse())
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            File.Delete(file);
            await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        Assert.Equal(before.Digest, (await sample.WriteAsync()).Digest);
    }

    [Fact]
    public async Task The_order_in_which_variables_and_labels_are_given_does_not_matter()
    {
        using var sample = new Sample();
        var image = sample.Image() with { Labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var first = await sample.Store.WriteAsync(image, TestContext.Current.CancellationToken);
        var second = await sample.Store.WriteAsync(
            image with { Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } }, TestContext.Current.CancellationToken);
        Assert.Equal(first.Digest, second.Digest);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("name")]
    [InlineData("commit")]
    [InlineData("version")]
    [InlineData("time")]
    public async Task Whatever_is_really_different_gives_another_digest(string what)
    {
        using var sample = new Sample();
        var before = await sample.WriteAsync();
        var image = sample.Image();
        switch (what)
        {
            case "content": sample.Put("Sample.dll", "not really an assemblY"); break;
            case "name": sample.Put("empty.txt", ""); break;
            case "commit": image = image with { Commit = new string('a', 40) }; break;
            case "version": image = image with { Version = "1.2.4" }; break;
            default: image = image with { Created = image.Created.AddSeconds(1) }; break;
        }
        Assert.NotEqual(before.Digest, (await sample.Store.WriteAsync(image, TestContext.Current.CancellationToken)).Digest);
    }
}
