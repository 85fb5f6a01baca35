using Pipeline.Applications.Sources.Git;
using Pipeline.Delivery;
using Pipeline.Testing;

namespace Build.Tests.Sources;

public sealed class GitFactsTests
{
    [Fact]
    public async Task Commit_and_time_are_those_of_the_commit()
    {
        using var clone = await GitClone.CreateAsync();
        var commit = await clone.CommitAsync();
        clone.Write("src/deep/file.txt", "x");
        var facts = await GitFactsReader.ReadAsync(Path.Combine(clone.Path, "src/deep"), TestContext.Current.CancellationToken);
        Assert.Equal((clone.Path, commit, DateTimeOffset.FromUnixTimeSeconds(1_700_000_001)), (facts.Root, facts.Commit, facts.CommittedAt));
    }

    [Fact]
    public async Task A_clone_without_a_commit_is_refused()
    {
        using var clone = await GitClone.CreateAsync();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(clone.FactsAsync);
        Assert.Equal($"the clone {clone.Path} has no commit yet; commit what is to be built", refusal.Message);
    }

    [Fact]
    public async Task A_folder_that_is_no_clone_is_refused()
    {
        Needs.Program("git");
        using var folder = new TemporaryDirectory();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => GitFactsReader.ReadAsync(folder.Path, TestContext.Current.CancellationToken));
        Assert.StartsWith(
            $"{folder.Path} is in no clone that git accepts, so what is built there has neither version nor commit; clone the repository instead of copying its files (git rev-parse",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/owner/name.git", "https://github.com/owner/name")]
    [InlineData("https://user:ghp_secret@github.com/owner/name", "https://github.com/owner/name")]
    [InlineData("https://git.example.org:8443/owner/name.git/", "https://git.example.org:8443/owner/name")]
    [InlineData("http://git.example.org/owner/name", "https://git.example.org/owner/name")]
    [InlineData("ssh://git@github.com:22/owner/name.git", "https://github.com/owner/name")]
    [InlineData("git@github.com:owner/name.git", "https://github.com/owner/name")]
    [InlineData("/srv/git/name.git", null)]
    [InlineData("file:///srv/git/name.git", null)]
    [InlineData("../name", null)]
    [InlineData("C:\\git\\name", null)]
    [InlineData(null, null)]
    public void The_address_of_the_sources_has_one_form_and_no_credentials(string? remote, string? address) =>
        Assert.Equal(address, SourceAddress.Normalize(remote));

    [Fact]
    public async Task The_committed_address_is_the_same_for_every_clone()
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        await clone.GitAsync("remote", "add", "origin", "https://me:secret@example.org/fork.git");
        Assert.Equal("https://example.org/fork", (await clone.FactsAsync()).Source);
        clone.Write("Directory.Build.props", "<Project><PropertyGroup><RepositoryUrl>https://example.org/origin</RepositoryUrl></PropertyGroup></Project>");
        Assert.Equal("https://example.org/origin", (await clone.FactsAsync()).Source);
    }
}
