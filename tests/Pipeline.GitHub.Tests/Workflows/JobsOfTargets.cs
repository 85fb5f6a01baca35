using Pipeline.GitHub.Workflows;

namespace Pipeline.GitHub.Tests.Workflows;

/// <summary>What follows from the targets' graph: Lint and Test before Build, Build before Deploy, Deploy before Promote, and Verify on its own.</summary>
public sealed class JobsOfTargets
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Targets = new()
    {
        ["Lint"] = [],
        ["Test"] = [],
        ["Build"] = ["Lint", "Test"],
        ["Deploy"] = ["Build"],
        ["Promote"] = ["Deploy"],
        ["Verify"] = [],
    };

    private static readonly TargetPlan Plan = new(Targets, new(Pin("checkout"), Pin("setup-dotnet"), Pin("upload-artifact"), Pin("download-artifact")));

    [Fact]
    public void A_job_needs_those_that_run_what_its_targets_take()
    {
        var workflow = Plan.Expand(Declare(Job("check", "Lint", "Test"), Job("build", "Build"), Job("deploy", "Deploy"), Job("promote", "Promote"), Job("verify", "Verify")));

        Assert.Equal(["", "check", "build", "deploy", ""], workflow.Jobs.Select(job => string.Join(' ', job.Needs)));
    }

    [Fact]
    public void A_target_that_several_jobs_reach_is_run_by_the_first() =>
        Assert.Equal(["", "build"], Plan.Expand(Declare(Job("build", "Deploy"), Job("promote", "Promote"))).Jobs.Select(job => string.Join(' ', job.Needs)));

    [Fact]
    public void What_only_looks_makes_no_need() => Assert.Equal(
        ["", ""],
        Plan.Expand(Declare(Job("look", "Lint") with { Commands = [new("Promote") { OnlyLooks = true }] }, Job("promote", "Promote"))).Jobs.Select(job => string.Join(' ', job.Needs)));

    [Fact]
    public void State_is_handed_on_by_id_so_that_a_job_that_runs_again_finds_it()
    {
        var text = WorkflowText.Write(Plan.Expand(Declare(Job("build", "Build") with { HandsOn = ["evidence", "artifacts"] }, Job("deploy", "Deploy"), Job("verify", "Verify"))), "Generated");

        Assert.Contains("    outputs:\n      build-state: ${{ steps.handed-on.outputs.artifact-id }}\n", text, StringComparison.Ordinal);
        Assert.Contains("          name: build-${{ github.run_attempt }}\n          path: |-\n            .pipeline/evidence\n            .pipeline/artifacts\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("artifact-ids: ${{ needs.build.outputs.build-state }}").Length - 1);
    }

    [Fact]
    public void Nothing_is_handed_on_that_nobody_takes() =>
        Assert.DoesNotContain("handed-on", WorkflowText.Write(Plan.Expand(Declare(Job("build", "Build") with { HandsOn = ["evidence"] })), "Generated"), StringComparison.Ordinal);

    [Fact]
    public void An_output_that_is_read_makes_a_need()
    {
        var build = Job("build", "Verify") with { Commands = [new("Verify") { Outputs = ["digest"] }] };
        var deploy = Job("deploy", "Deploy") with { Commands = [new("Deploy") { Env = new Dictionary<string, Template> { ["PIPELINE_RELEASE"] = build.Output("digest") } }] };

        var workflow = Plan.Expand(Declare(build, deploy));

        Assert.Equal(["build"], workflow.Jobs[1].Needs);
        Assert.Equal("${{ steps.run-verify.outputs.digest }}", $"{workflow.Jobs[0].Outputs["digest"]}");
        Assert.Equal("no command of job build writes the output 'url'; add it to its Outputs (Parameter 'name')", Assert.Throws<ArgumentException>(() => build.Output("url")).Message);
    }

    [Fact]
    public void What_is_no_target_and_no_job_is_named() => Assert.Equal(
        [
            "job build runs Biuld, which is no target; the targets are Build, Deploy, Lint, Promote, Test, Verify",
            "job build comes after nobody, which is no job of this workflow",
        ],
        Assert.Throws<InvalidWorkflowException>(() => Plan.Expand(Declare(Job("build", "Biuld") with { After = ["nobody"] }))).Faults);

    private static TargetWorkflow Declare(params TargetJob[] jobs) => new() { File = "x.yml", Name = "x", On = new() { Push = new("main") }, Jobs = jobs };

    private static TargetJob Job(string id, params string[] targets) => new() { Id = id, TimeoutMinutes = 5, Commands = [new(targets)] };

    private static ActionPin Pin(string name) => new($"actions/{name}", new string('a', 40), "v1.0.0");
}
