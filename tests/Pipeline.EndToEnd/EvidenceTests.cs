using System.Text.Json;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Evidence: what was done is not done again, neither here nor in a second clone that gets the files of the first.</summary>
[Collection(BareCollection.Name)]
public sealed class EvidenceTests
{
    private static readonly string[] Everything = ["Compile", "Lint", "Test", "Audit", "BuildImage", "Budget", "Attest", "DeployStaging", "SmokeTest", "PromoteProduction"];

    [Fact]
    public async Task A_second_run_skips_everything_a_run_after_Down_brings_all_back_and_a_second_clone_skips_to_where_the_first_one_stopped()
    {
        await using var first = new Installation();
        await NeedsEvidenceAsync(first);
        (await first.RunAsync("--target", "PromoteProduction")).Expect(0);

        var again = (await first.RunAsync("--target", "PromoteProduction")).Expect(0);
        foreach (var target in Everything)
            Assert.Matches($@"(?m)^= {target}  \S+", again.Everything);
        again.ExpectText("serves production since").ExpectText("serves staging since").ExpectText("rehearsed on staging at");

        (await first.RunAsync("--target", "Down")).Expect(0);
        (await first.RunAsync("--target", "PromoteProduction")).Expect(0);
        Assert.Equal("healthy", await first.StateAsync("staging"));
        Assert.Equal("healthy", await first.StateAsync("production"));

        await using var second = new Installation(first);
        var there = (await second.RunAsync("--target", "DeployStaging")).Expect(0);
        foreach (var target in Everything.Take(7))
            Assert.Matches($@"(?m)^= {target}  \S+", there.Everything);
        Assert.Contains("✓ DeployStaging", there.Everything, StringComparison.Ordinal);
        Assert.Equal(
            (await first.StatusAsync("staging")).GetProperty("release").GetProperty("digest").GetString(),
            (await second.StatusAsync("staging")).GetProperty("release").GetProperty("digest").GetString());
    }

    [Fact]
    public async Task Two_clones_in_different_folders_build_the_same_digest()
    {
        await using var first = new Installation();
        await using var second = new Installation();
        var digests = new List<string>();
        foreach (var installation in new[] { first, second })
        {
            if (Path.Combine(installation.Home, "artifacts") is var artifacts && Directory.Exists(artifacts))
                Directory.Delete(artifacts, recursive: true);
            (await installation.RunAsync("--target", "BuildImage", "--force", "BuildImage")).Expect(0);
            digests.Add(Assert.Single(installation.Store.List()).Digest.Value);
        }

        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(first.Repository, second.Repository);
    }

    /// <summary>These tests do not test the repository once more: Lint and Test must have passed in the surrounding checkout, at its commit.</summary>
    private static async Task NeedsEvidenceAsync(Installation installation)
    {
        using var plan = JsonDocument.Parse((await installation.RunAsync("--target", "Test", "--target", "Lint", "--plan", "json")).Expect(0).Output);
        Needs.That(
            plan.RootElement.GetProperty("targets").EnumerateArray().All(target => target.GetProperty("upToDate").GetBoolean()),
            "Lint and Test have not passed for the commit of this checkout; run ./build.sh --target Lint --target Test");
    }
}
