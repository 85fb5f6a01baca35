using Pipeline.GitHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace Build.Tests.Workflows;

public sealed class WhateverIsDeclared(WorkflowToolsFixture fixture) : IClassFixture<WorkflowToolsFixture>
{
    private const int Workflows = 250;

    [Fact]
    public async Task Every_workflow_that_is_written_passes_our_rules_and_GitHubs_parser_and_actionlint()
    {
        var tools = await fixture.PrepareAsync();
        var written = Enumerable.Range(0, Workflows).Select(seed => ($"seed-{seed}.yml", WorkflowText.Write(new RandomWorkflow(seed).Make(), "Generated"))).ToList();

        Assert.Empty(written.SelectMany(file => WorkflowRules.Check(file.Item1, file.Item2)));
        Assert.Empty(await tools.CheckAsync(written, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Parser_and_actionlint_object_to_what_is_wrong_with_file_and_line()
    {
        var tools = await fixture.PrepareAsync();
        const string Wrong = "on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${{ nothing.here }}\n        uses: x\n";

        var findings = await tools.CheckAsync([("wrong.yml", Wrong)], TestContext.Current.CancellationToken);

        Assert.Contains(findings, finding => finding is { File: "wrong.yml", Line: 6 } && finding.Message.StartsWith("GitHub's parser: Unrecognized named-value: 'nothing'", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding is { File: "wrong.yml", Line: 6 } && finding.Message.StartsWith("actionlint: undefined variable \"nothing\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_is_read_again_as_it_was_declared()
    {
        foreach (var workflow in Enumerable.Range(0, 100).Select(seed => new RandomWorkflow(seed).Make()))
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(WorkflowText.Write(workflow, "Generated")));
            var root = stream.Documents[0].RootNode;
            Assert.Equal(workflow.Name, ((YamlScalarNode)root["name"]).Value);
            foreach (var (job, step, number) in workflow.Jobs.SelectMany(job => job.Steps.Select((step, number) => (job, step, number))))
            {
                foreach (var (name, value) in step.Env)
                    Assert.Equal($"{value}", ((YamlScalarNode)root["jobs"][job.Id]["steps"][number]["env"][name]).Value);
            }
        }
    }

    [Fact]
    public void The_same_declaration_yields_the_same_bytes() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(WorkflowText.Write(new RandomWorkflow(seed).Make(), "Generated"), WorkflowText.Write(new RandomWorkflow(seed).Make(), "Generated")));

    [Fact]
    public void What_others_write_stands_in_no_command() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.All(
            WorkflowText.Write(new RandomWorkflow(seed).Make(), "Generated").Split('\n').Where(line => line.TrimStart(' ', '-').StartsWith("run: ", StringComparison.Ordinal)),
            line => Assert.Matches(@"^ +(- )?run: \./build\.sh --target [A-Z][a-z]+( --plan| --watch 15m)?$", line)));
}
