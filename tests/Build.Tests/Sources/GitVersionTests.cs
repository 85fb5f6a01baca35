using Pipeline.Delivery;

namespace Build.Tests.Sources;

public sealed class GitVersionTests
{
    [Fact]
    public async Task A_history_without_tags_begins_at_zero()
    {
        using var clone = await GitClone.CreateAsync();
        var first = await clone.CommitAsync();
        Assert.Equal($"0.0.0-alpha.0+g{first[..8]}", await clone.VersionAsync());
        await clone.CommitAsync();
        var third = await clone.CommitAsync();
        Assert.Equal($"0.0.0-alpha.0.2+g{third[..8]}", await clone.VersionAsync());
    }

    [Fact]
    public async Task A_tagged_commit_has_the_version_of_its_tag()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.TagAsync("v1.2.3");
        Assert.Equal("1.2.3", await clone.VersionAsync());
    }

    [Fact]
    public async Task An_annotated_tag_counts_like_a_plain_one()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.GitAsync("tag", "--annotate", "--message", "release", "v2.0.0");
        Assert.Equal("2.0.0", await clone.VersionAsync());
    }

    [Fact]
    public async Task Commits_after_a_release_are_counted_towards_the_next_patch()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.TagAsync("v1.2.3");
        await clone.CommitAsync();
        var head = await clone.CommitAsync();
        Assert.Equal($"1.2.4-alpha.0.2+g{head[..8]}", await clone.VersionAsync());
    }

    [Fact]
    public async Task Commits_after_a_prerelease_are_counted_within_it()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.TagAsync("v1.3.0-beta.1");
        var head = await clone.CommitAsync();
        Assert.Equal($"1.3.0-beta.1.1+g{head[..8]}", await clone.VersionAsync());
    }

    [Fact]
    public async Task Of_several_tags_on_a_commit_the_highest_counts()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        foreach (var tag in new[] { "v1.0.0-rc.2", "v1.0.0-rc.10", "v0.9.9", "vNext", "v1.0", "version" })
            await clone.TagAsync(tag);
        Assert.Equal("1.0.0-rc.10", await clone.VersionAsync());
    }

    [Fact]
    public async Task A_release_merged_from_a_branch_counts_with_its_height_along_the_main_line()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.GitAsync("checkout", "--quiet", "-b", "release");
        await clone.CommitAsync();
        await clone.TagAsync("v2.0.0");
        await clone.GitAsync("checkout", "--quiet", "main");
        await clone.CommitAsync();
        await clone.TagAsync("v1.0.0");
        await clone.CommitAsync();
        await clone.GitAsync("merge", "--quiet", "--no-ff", "--message", "merge", "release");
        var head = await clone.GitAsync("rev-parse", "HEAD");
        Assert.Equal($"2.0.1-alpha.0.1+g{head[..8]}", await clone.VersionAsync());
    }

    [Fact]
    public async Task A_change_that_is_not_committed_marks_the_version()
    {
        using var clone = await GitClone.CreateAsync();
        clone.Write("kept.txt", "one");
        clone.Write(".gitignore", "ignored.txt\n");
        await clone.CommitAsync();
        await clone.TagAsync("v1.0.0");
        clone.Write("ignored.txt", "does not matter");
        Assert.Equal("1.0.0", await clone.VersionAsync());
        clone.Write("kept.txt", "two");
        clone.Write("new file.txt", "new");
        var facts = await clone.FactsAsync();
        Assert.Equal("1.0.0+dirty", facts.Version);
        Assert.True(facts.IsDirty);
        Assert.Equal(["kept.txt", "new file.txt"], facts.Changes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_shallow_clone_that_ends_before_a_tag_is_refused_with_the_remedy()
    {
        using var origin = await GitClone.CreateAsync();
        await origin.CommitAsync();
        await origin.TagAsync("v1.0.0");
        await origin.CommitAsync();
        var head = await origin.CommitAsync();
        using var shallow = await GitClone.OfAsync(origin, "--depth", "1");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(shallow.VersionAsync);
        Assert.Equal(
            $"commit {head[..8]}: the clone is shallow, its history ends before a tag v* is found, so the version cannot be known; run git fetch --unshallow --tags (in a workflow: actions/checkout with fetch-depth: 0)",
            refusal.Message);
        await shallow.GitAsync("fetch", "--quiet", "--unshallow", "--tags");
        Assert.Equal(await origin.VersionAsync(), await shallow.VersionAsync());
    }

    [Fact]
    public async Task A_shallow_clone_that_reaches_a_tag_is_enough()
    {
        using var origin = await GitClone.CreateAsync();
        await origin.CommitAsync();
        await origin.CommitAsync();
        await origin.TagAsync("v1.0.0");
        using var shallow = await GitClone.OfAsync(origin, "--depth", "1");
        Assert.Equal("1.0.0", await shallow.VersionAsync());
    }
}
