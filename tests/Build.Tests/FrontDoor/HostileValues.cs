using System.Text.Json;
using System.Text.RegularExpressions;
using Build.Tests.Sources;
using Pipeline.Delivery.Releases;
using Pipeline.Testing;

namespace Build.Tests.FrontDoor;

/// <summary>
/// What others write (branches, tags, messages, names of files, inputs, who they are) meets this repository's build program as it does on a runner. None of it reaches a shell,
/// none becomes a workflow command, none becomes markup in a report.
/// </summary>
public sealed partial class HostileValues : IAsyncLifetime
{
    private const string Forged = "forged";

    // git takes no blanks, colons, asterisks, brackets and backslashes in the names of branches and tags; ${IFS} is a blank to a shell.
    private const string Name = "a$(touch${IFS}forged)`touch${IFS}forged`;touch${IFS}forged;&&||'\"<img/src=x>%0A${{github.token}}#!";

    private const string Text = "$(touch forged) `touch forged`; touch forged #'\"\\\n::set-output name=forged::1\n  ::add-path::/forged\r::add-mask::forged\n::error::forged\n::stop-commands::forged\n##[command]forged\n"
        + "%0A::error::forged ${{ secrets.forged }} \u001b]0;forged\u0007\u001b[2J <script>alert('forged')</script> <img src=x onerror=forged> [x](javascript:forged) | forged |\n```\n";

    private GitClone clone = null!;

    public async ValueTask InitializeAsync()
    {
        clone = await GitClone.CreateAsync();
        clone.Write("$(touch forged)\n::error::forged`touch forged`'\".md", Text);
        clone.Write(".gitignore", ".pipeline/\n");
        clone.Write("NuGet.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        await clone.CommitAsync("--message", Text, "--author", "$(touch forged) <`touch forged`@example.org>");
        await clone.GitAsync("checkout", "--quiet", "-b", Name);
        await clone.TagAsync("v1.2.3");
        await clone.TagAsync($"v9.9.9-{Name}");
        await clone.TagAsync($"v9.9.9+{Name}");
        await clone.GitAsync("remote", "add", "origin", $"https://user:{Name}@example.org/{Name}/$(touch forged).git");
    }

    [Fact]
    public async Task The_facts_of_the_sources_are_what_git_says_and_a_version_that_is_none_does_not_count()
    {
        var facts = await clone.FactsAsync();

        Assert.Equal("1.2.3", facts.Version);
        Assert.Empty(facts.Changes);
        NothingHappened();
    }

    [Theory]
    [InlineData(0, "--target", "PromoteProduction", "--plan")]
    [InlineData(0, "--target", "PromoteProduction", "--plan", "json")]
    [InlineData(3, "--target", "Rollback")]
    [InlineData(0, "--target", "Status")]
    [InlineData(0, "--target", "Status", "--json")]
    [InlineData(2, "--target", Text)]
    [InlineData(2, "--target", "Status", "--environment", Text)]
    [InlineData(2, Text)]
    public async Task A_run_on_a_runner_takes_them_as_they_are(int code, params string[] arguments)
    {
        // What is started for a rollback runs as another user, who must get at it.
        Needs.Program("initdb");
        var program = new BuildProgram(clone)
        {
            Variables =
            {
                ["GITHUB_ACTIONS"] = "true", ["CI"] = "true", ["GITHUB_ACTOR"] = Text, ["GITHUB_REF"] = $"refs/heads/{Name}", ["GITHUB_REF_NAME"] = Name, ["GITHUB_HEAD_REF"] = Name,
                ["PIPELINE_STAGING_PORT"] = $"{LoopbackPort.Free()}", ["PIPELINE_PRODUCTION_PORT"] = $"{LoopbackPort.Free()}", ["GITHUB_WORKFLOW"] = Text, ["PIPELINE_REASON"] = Text, ["PIPELINE_ANNOUNCED"] = Text, ["PIPELINE_ON_CALL"] = Text,
            },
        };

        var (ended, output, error) = await program.RunAsync(arguments);
        if (arguments.Contains("Rollback"))
            await program.RunAsync("--target", "Down", "--delete-data", "true");

        Assert.True(ended == code, $"{ended}: {output}{error}");
        NothingHappened();
        Assert.Empty(Orders(output));
        Assert.Empty(Orders(error));
        if (arguments.Contains("json") || arguments.Contains("--json"))
            JsonDocument.Parse(output).Dispose();
        foreach (var file in Files().Where(file => file.EndsWith("report.html", StringComparison.Ordinal)))
            Assert.DoesNotMatch("<script|<img", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        foreach (var file in Files().Where(file => file.EndsWith("run.json", StringComparison.Ordinal)))
            JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public void A_digest_and_a_version_are_plain_words_or_none()
    {
        Assert.False(Digest.TryParse(Text, out _));
        Assert.False(Digest.TryParse($"sha256:{new string('a', 64)}\n::error::forged", out _));
    }

    public ValueTask DisposeAsync()
    {
        clone.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(clone.Path, "*", SearchOption.AllDirectories);

    private void NothingHappened()
    {
        Assert.DoesNotContain(Files(), file => Path.GetFileName(file) == Forged);
        Assert.False(File.Exists(Path.Combine(Environment.CurrentDirectory, Forged)));
    }

    // As the runner reads: a line ends at either kind of line break, blanks before the colons do not matter, the older form may stand anywhere,
    // except in a line that is of the newer one already.
    private static IReadOnlyList<string> Orders(string output) =>
        [.. output.Split('\r', '\n').Where(line => Order().IsMatch(line))];

    // The program's own annotations may quote what was said, within their data: it does not begin with it.
    [GeneratedRegex(@"^\s*::(?!(error|warning|notice)( [a-z]+=|::)|group::|endgroup::).*forged|^\s*::(error|warning|notice)::forged|^(?!\s*::(error|warning|notice)( |::)).*##\[")]
    private static partial Regex Order();
}
