using Build.Tests.Sources;
using Pipeline.Testing.GitHub;

namespace Build.Tests.FrontDoor;

/// <summary>Doctor looks at GitHub only when it is asked about an environment, and goes on without one.</summary>
public sealed class WhatDoctorSays : IAsyncLifetime
{
    private GitClone clone = null!;

    public async ValueTask InitializeAsync()
    {
        clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
    }

    [Fact]
    public async Task Without_an_environment_nothing_of_GitHub() => Assert.DoesNotContain("GitHub", await RunAsync(new(clone)), StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_GitHub_at_hand_a_line_says_so() => Assert.Contains(
        "? GitHub: staging's settings there are not looked at: the clone has no remote origin; set GITHUB_REPOSITORY to owner/name",
        await RunAsync(new(clone), "--environment", "staging"), StringComparison.Ordinal);

    [Fact]
    public async Task What_GitHub_lacks_fails_it()
    {
        await using var github = new LocalGitHub();
        github.Settings["/repos/mia/shop/environments"] = """{"total_count":0,"environments":[]}""";
        var program = new BuildProgram(clone)
        {
            Variables =
            {
                ["GITHUB_REPOSITORY"] = "mia/shop", ["GITHUB_TOKEN"] = "a-token", ["GITHUB_API_URL"] = $"{github.Address}", ["GITHUB_SERVER_URL"] = $"http://{github.Address.Authority}",
            },
        };

        var said = await RunAsync(program, "--environment", "production");

        Assert.Contains("✗ environment production: is not there, and GitHub would make it without protection when a job first names it; make it in ", said, StringComparison.Ordinal);
        Assert.Contains("? secrets of the repository: cannot be read, so nothing is known of DOCKER_AUTH_CONFIG, PIPELINE_LEDGER, ", said, StringComparison.Ordinal);
        Assert.Contains("this machine, or GitHub for production, is not ready:\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", said, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        clone.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> RunAsync(BuildProgram program, params string[] arguments)
    {
        var (_, output, error) = await program.RunAsync(["--target", "Doctor", .. arguments]);
        return output + error;
    }
}
