using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker.Rehearsals;

/// <summary>The committed workflow runs job by job as on GitHub's runner, to real hosts.</summary>
[Collection(RehearsalCollection.Name)]
public sealed partial class RehearsedPipelineTests(RehearsalHosts hosts)
{
    [Fact]
    public async Task The_pipeline_goes_from_build_to_verify_and_a_job_that_failed_goes_on_alone()
    {
        Needs.That(await hosts.HasEvidenceAsync(), "Lint and Test of this very commit passed in this checkout before: ./build.sh --target Lint --target Test");

        var staged = (await hosts.RehearseAsync("staging")).Expect(0);
        ExpectResults(staged, "build success", "staging success");
        staged.ExpectText("in place of actions/attest-build-provenance: ").ExpectText("in place of actions/upload-artifact: ").ExpectText("in place of actions/download-artifact: ");
        var digest = Digest().Match(staged.Output).Groups["digest"].Value;

        await hosts.ProductionHost.KillAsync();
        var away = (await hosts.RehearseAsync("production")).Expect(1);
        ExpectResults(away, "build success", "staging success", "production failure");
        await hosts.ProductionHost.StartAsync();

        var verified = (await hosts.RehearseAsync("verify")).Expect(0);
        ExpectResults(verified, "build success", "staging success", "production success", "verify success");
        verified.ExpectText("build: taken from the last rehearsal of this commit").ExpectText("attempt 3").ExpectText("environment production: GitHub would wait here for whoever protects it");
        Assert.Contains(digest, await TwoHosts.RunningAsync(hosts.ProductionHost, "production"));
        Assert.Contains(digest, await TwoHosts.RunningAsync(hosts.StagingHost, "staging"));
        // The hosts are of this machine, as those of a runner of one's own may be: whoever approved is read back all the same, and GitHub is told.
        verified.ExpectText("@github on GitHub: taken as approved in a rehearsal");
        staged.ExpectText("to staging is success, ").ExpectText("https://staging.example/");
        verified.ExpectText("to production is success, ").ExpectText("https://production.example/");
        foreach (var run in new[] { staged, away, verified })
            ExpectNoSecret(run);
    }

    private static void ExpectResults(RunResult run, params string[] results)
    {
        var found = Result().Matches(run.Output).Select(match => $"{match.Groups["job"].Value} {match.Groups["result"].Value}").ToList();
        Assert.True(found.SequenceEqual(results), $"expected {string.Join(", ", results)}, got {string.Join(", ", found)}:\n{run.Everything}");
    }

    private static void ExpectNoSecret(RunResult run)
    {
        foreach (var environment in new[] { "staging", "production" })
            Assert.DoesNotContain(RehearsalHosts.PasswordOf(environment), run.Everything, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?<result>success|failure|cancelled|skipped) +[0-9.]+ s  (?<job>[a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Result();

    [GeneratedRegex(@"shop (?<digest>sha256:[0-9a-f]{64})")]
    private static partial Regex Digest();
}
