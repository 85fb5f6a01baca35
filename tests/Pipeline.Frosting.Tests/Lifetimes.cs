using Pipeline.Frosting.Tests.Programs;

namespace Pipeline.Frosting.Tests;

public sealed class Lifetimes
{
    [Fact]
    public async Task A_lifetime_frames_the_run()
    {
        var run = await SampleProgram.WithAsync("lifetime", "--target", "Compile");
        Assert.Equal(["setup of Compile: Clean Compile", "clean", "compile, context is set up", "teardown, successful: True, threw: nothing"], run.Said);
    }

    [Fact]
    public async Task A_teardown_learns_of_the_failure()
    {
        var run = await SampleProgram.WithAsync("lifetime", "--target", "Failing");
        Assert.Equal("teardown, successful: False, threw: it broke", run.Said[^1]);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Setup_and_teardown_stand_alone()
    {
        var run = await SampleProgram.WithAsync("setup,teardown", "--target", "Clean");
        Assert.Equal(["setup alone", "clean", "teardown alone"], run.Said);
    }

    [Fact]
    public async Task A_failed_setup_runs_no_task_but_the_teardown()
    {
        var run = await SampleProgram.WithAsync("failing-setup,teardown", "--target", "Clean");
        Assert.Equal(["teardown alone"], run.Said);
        Assert.Contains("Error: no setup today", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_failed_teardown_fails_the_run()
    {
        var run = await SampleProgram.WithAsync("failing-teardown", "--target", "Clean");
        Assert.Equal(["clean"], run.Said);
        Assert.Contains("no teardown today", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_task_lifetime_frames_each_task()
    {
        var run = await SampleProgram.WithAsync("task-lifetime", "--target", "AfterNotToday");
        Assert.Equal(
            [
                "before NotToday", "after NotToday, successful: True, skipped: True",
                "before AfterNotToday", "after the skipped task", "after AfterNotToday, successful: True, skipped: False",
            ],
            run.Said);
    }

    [Fact]
    public async Task A_task_teardown_learns_of_the_failure()
    {
        var run = await SampleProgram.WithAsync("task-lifetime", "--target", "Failing");
        Assert.Equal(["before Failing", "after Failing, successful: False, skipped: False"], run.Said);
    }

    [Fact]
    public async Task Task_setup_and_task_teardown_stand_alone()
    {
        var run = await SampleProgram.WithAsync("task-setup,task-teardown", "--target", "Clean");
        Assert.Equal(["before Clean alone", "clean", "after Clean alone"], run.Said);
    }

    [Fact]
    public async Task A_failed_task_setup_runs_the_task_teardown_but_not_the_task()
    {
        var run = await SampleProgram.WithAsync("failing-task-setup,task-teardown", "--target", "Clean");
        Assert.Equal(["after Clean alone"], run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task The_last_registration_is_the_one_used()
    {
        var run = await SampleProgram.WithAsync("failing-setup,setup", "--target", "Clean");
        Assert.Equal(["setup alone", "clean"], run.Said);
    }
}
