using Pipeline.Frosting.Tests.Programs;

namespace Pipeline.Frosting.Tests;

public sealed class TheTasksOfARun
{
    [Fact]
    public async Task A_program_runs_its_default_task_after_what_that_depends_on()
    {
        var run = await SampleProgram.RunAsync();
        Assert.Equal(["clean", "compile, context is fresh", "prepare", "check"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task The_report_names_each_task_and_its_status()
    {
        var run = await SampleProgram.RunAsync();
        Assert.Equal(["Clean Succeeded", "Compile Succeeded", "Prepare Succeeded", "Check Succeeded", "Default Succeeded"], run.Report);
    }

    [Fact]
    public async Task A_task_is_asked_for_without_regard_to_case()
    {
        var run = await SampleProgram.RunAsync("--target", "compile");
        Assert.Equal(["clean", "compile, context is fresh"], run.Said);
    }

    [Fact]
    public async Task Several_targets_run_and_what_they_share_runs_once()
    {
        var run = await SampleProgram.RunAsync("--target", "Check", "-t", "Compile", "--target=Clean");
        Assert.Equal(["clean", "compile, context is fresh", "prepare", "check"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task An_exclusive_target_runs_without_what_it_depends_on()
    {
        var run = await SampleProgram.RunAsync("--target", "Compile", "--exclusive");
        Assert.Equal(["compile, context is fresh"], run.Said);
    }

    [Fact]
    public async Task A_target_that_is_no_task_is_named()
    {
        var run = await SampleProgram.RunAsync("--target", "Nope");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("Error: The target 'Nope' was not found.", run.Errors.Trim());
    }

    [Fact]
    public async Task A_task_reads_what_another_one_found_out()
    {
        var run = await SampleProgram.RunAsync("--target", "TellWarnings");
        Assert.Equal(["clean", "compile, context is fresh", "7 warnings"], run.Said);
    }

    [Fact]
    public async Task A_skipped_task_does_not_run_and_says_why_while_what_depends_on_it_runs()
    {
        var run = await SampleProgram.RunAsync("--target", "AfterNotToday");
        Assert.Equal(["after the skipped task"], run.Said);
        Assert.Equal(["NotToday Skipped not on a Friday", "AfterNotToday Succeeded"], run.Report);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_skipped_target_fails_the_run()
    {
        var run = await SampleProgram.RunAsync("--target", "NotToday");
        Assert.Equal("Error: Could not reach target 'NotToday' since it was skipped due to a criteria: not on a Friday.", run.Errors.Trim());
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_criterion_is_asked_when_the_task_has_its_turn()
    {
        var run = await SampleProgram.WithAsync("lifetime", "--target", "WhenSetUp");
        Assert.Contains("was set up", run.Said);
    }

    [Fact]
    public async Task A_task_for_another_context_is_left_out_with_a_warning()
    {
        var run = await SampleProgram.WithAsync("other-context", "--target", "Clean");
        Assert.Equal(
            ["Task cannot be used since the context isn't convertible to Pipeline.Frosting.Sample.Tasks.AnotherContext.", "clean"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("not-a-task", "Error: The dependency 'DateTime' is not a valid task.")]
    [InlineData("missing-task", "Error: Task 'DependsOnMissing' is dependent on task 'Unregistered' which does not exist.")]
    [InlineData("again", "Error: Another task with the name 'Clean' has already been added.")]
    [InlineData("bare-task", "Error: The task 'BareTask' (Pipeline.Frosting.Sample.Tasks.BareTask) must derive from FrostingTask or AsyncFrostingTask.")]
    public async Task A_program_whose_tasks_do_not_fit_together_says_which(string feature, string message)
    {
        var run = await SampleProgram.WithAsync(feature, "--target", feature == "missing-task" ? "DependsOnMissing" : "Default");
        Assert.Equal(message, run.Errors.Trim());
        Assert.Equal(1, run.ExitCode);
    }
}
