using Build.Tests.Sources;
using Build.Tests.Workflows;
using Build.Workflows;
using Pipeline.Applications;

namespace Build.Tests.FrontDoor;

/// <summary>
/// Lint as a step of a job runs it, in a clone that holds nothing else. Its solution has no project, and --exclusive leaves the compiler away: what those two say is
/// tried on a solution with projects (Linting/SourceLintTests.cs), and would take a minute here.
/// </summary>
public sealed class WhatLintSays(WorkflowToolsFixture tools) : IClassFixture<WorkflowToolsFixture>, IAsyncLifetime
{
    private const string Drifted = ".github/workflows/pipeline.yml";

    private GitClone clone = null!;

    private string Tools => Path.Combine(clone.Path, ".pipeline", "tools");

    public async ValueTask InitializeAsync()
    {
        await tools.PrepareAsync();
        clone = await GitClone.CreateAsync();
        foreach (var file in Directory.EnumerateFiles(Repository.File("build", "Linting", "Workflows", "node")))
            clone.Write($"build/Linting/Workflows/node/{Path.GetFileName(file)}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        clone.Write("Pipeline.sln", "Microsoft Visual Studio Solution File, Format Version 12.00\nGlobal\nEndGlobal\n");
        clone.Write(".gitignore", ".pipeline/\n");
        clone.Write("src/Shop/migrations/0001_orders.sql", "create table orders (id bigint primary key);\n");
        new ShopWorkflows(new StatePaths(clone.Path)).Write();
        Directory.CreateDirectory(Path.GetDirectoryName(Tools)!);
        Directory.CreateSymbolicLink(Tools, WorkflowToolsFixture.Cache);
    }

    [Fact]
    public async Task On_a_runner_all_that_is_wrong_stands_beside_its_file_and_line_and_drift_is_shown()
    {
        clone.Write("src/Shop/migrations/0002_gone.sql", "-- why\ndrop table orders;\n");
        clone.Write(".github/workflows/by-hand.yml", "on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      - run: make\n      - uses: [a, b]\n");
        var declared = await File.ReadAllTextAsync(Path.Combine(clone.Path, Drifted), TestContext.Current.CancellationToken);
        clone.Write(Drifted, declared.Replace("group: deploy-staging", "group: deploy-anything", StringComparison.Ordinal));
        var line = declared[..declared.IndexOf("group: deploy-staging", StringComparison.Ordinal)].Count(character => character == '\n') + 1;

        var (code, said) = await LintAsync();

        Assert.True(code == 1, said);
        Assert.Contains("\n::error file=src/Shop/migrations/0002_gone.sql,line=2,title=SQL rules::", said, StringComparison.Ordinal);
        Assert.Contains("\n::error file=.github/workflows/by-hand.yml,line=9,col=14,title=workflow rules::a step that is more than one './build.sh --target …'", said, StringComparison.Ordinal);
        Assert.Contains("\n::error file=.github/workflows/by-hand.yml,line=10,col=15,title=workflow rules::'' is not pinned", said, StringComparison.Ordinal);
        Assert.Contains("title=workflow rules::GitHub's parser: ", said, StringComparison.Ordinal);
        Assert.Contains($"\n::error file={Drifted},line={line},col=1,title=workflow rules::is not what the declaration in C# says; run ./build.sh --target GenerateWorkflows", said, StringComparison.Ordinal);
        Assert.Contains("%0A-      group: deploy-anything%0A+      group: deploy-staging%0A", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_as_it_should_be_passes()
    {
        var (code, said) = await LintAsync();

        Assert.True(code == 0, said);
        Assert.DoesNotContain("::error", said, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Tools);
        clone.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(int Code, string Said)> LintAsync()
    {
        await clone.CommitAsync();
        var program = new BuildProgram(clone) { Variables = { ["GITHUB_ACTIONS"] = "true", ["CI"] = "true" } };
        var (code, output, error) = await program.RunAsync("--target", "Lint", "--exclusive");
        return (code, output + error);
    }
}
