using Build.Tests.Sources;

namespace Build.Tests.FrontDoor;

/// <summary>Where no variable of the repository names an environment's hosts, the engine that a runner has by chance is not taken for them.</summary>
public sealed class OnARunnerWithoutHosts
{
    [Theory]
    [InlineData("production")]
    [InlineData("staging")]
    public async Task A_rollback_is_refused_before_anything_is_touched(string environment)
    {
        using var clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        // As rollback.yml sets them: what the settings do not have arrives empty.
        var program = new BuildProgram(clone)
        {
            Variables =
            {
                ["GITHUB_ACTIONS"] = "true", ["CI"] = "true", ["PIPELINE_ENGINE"] = "docker", ["PIPELINE_ENVIRONMENT"] = environment, ["PIPELINE_REASON"] = "it is slow",
                ["PIPELINE_PRODUCTION_HOST"] = "", ["PIPELINE_STAGING_HOST"] = "", ["PIPELINE_LEDGER"] = "", ["PIPELINE_BASE_IMAGE"] = "",
            },
        };

        var (code, output, error) = await program.RunAsync("--target", "Rollback");

        Assert.True(code == 3, $"{code}: {output}{error}");
        Assert.Contains(
            $"{environment}: nothing says which Docker hosts it lives on, and the engine of this runner ends with its job; set the variable PIPELINE_{environment.ToUpperInvariant()}_HOST in the repository's settings, or pass --{environment}-host",
            output + error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(clone.Path, ".pipeline", "ledger")));
    }
}
