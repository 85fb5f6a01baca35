using Build.Tests.Sources;
using Pipeline.Testing.GitHub;

namespace Build.Tests.FrontDoor;

/// <summary>Tokens and keys of GitHub are in nothing that a run writes: its report is kept by the runner for everybody who may read the repository.</summary>
public sealed class TokensOfGitHub
{
    private const string Token = "ghs-0123456789";

    [Theory]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("GH_TOKEN")]
    public async Task Are_masked_in_output_and_report(string variable)
    {
        await using var github = new LocalGitHub();
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        // A name that happens to be the token is shown wherever the repository is.
        var program = new BuildProgram(clone)
        {
            Variables =
            {
                ["GITHUB_REPOSITORY"] = $"mia/{Token}", [variable] = Token, ["GITHUB_API_URL"] = $"{github.Address}", ["GITHUB_SERVER_URL"] = $"http://{github.Address.Authority}",
            },
        };

        var (_, output, error) = await program.RunAsync("--target", "Doctor", "--environment", "production");

        Assert.Contains("mia/***", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, output + error, StringComparison.Ordinal);
        var kept = Directory.GetFiles(Path.Combine(clone.Path, ".pipeline", "runs"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(kept);
        foreach (var file in kept)
            Assert.DoesNotContain(Token, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
