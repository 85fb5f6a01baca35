using Pipeline.Frosting.Tests.Programs;

namespace Pipeline.Frosting.Tests;

public sealed class FailuresOfATask
{
    [Theory]
    [InlineData("Failing", "it broke")]
    [InlineData("FailingAsync", "it broke later")]
    [InlineData("FailingWithCode", "it broke with a code")]
    [InlineData("HandledBadly", "the handler broke")]
    public async Task A_failure_ends_the_run_with_exit_code_1_and_its_message(string task, string message)
    {
        var run = await SampleProgram.RunAsync("--target", task);
        Assert.Contains($"Error: {message}", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{task} Failed", run.Report);
    }

    [Fact]
    public async Task What_depends_on_a_failed_task_does_not_run()
    {
        var run = await SampleProgram.RunAsync("--target", "AfterFailing");
        Assert.Empty(run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_tolerated_failure_is_shown_and_the_run_goes_on()
    {
        var run = await SampleProgram.RunAsync("--target", "AfterTolerated");
        Assert.Equal(["after the tolerated failure"], run.Said);
        Assert.Equal("An error occurred when executing task 'Tolerated'.", run.Errors.Trim());
        Assert.Equal(["Tolerated Failed", "AfterTolerated Succeeded"], run.Report);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_handled_failure_lets_the_run_go_on_and_finally_comes_last()
    {
        var run = await SampleProgram.RunAsync("--target", "Handled");
        Assert.Equal(["handled: it broke to be handled", "finally after a failure"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Finally_runs_when_nobody_handles_the_failure()
    {
        var run = await SampleProgram.RunAsync("--target", "Unhandled");
        Assert.Equal(["finally without a handler"], run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_task_that_succeeds_is_not_handled_and_finally_runs()
    {
        var run = await SampleProgram.RunAsync("--target", "Untroubled");
        Assert.Equal(["run", "finally"], run.Said);
    }

    [Fact]
    public async Task Diagnostic_verbosity_shows_where_it_broke()
    {
        var run = await SampleProgram.RunAsync("--target", "Failing", "--verbosity", "Diagnostic");
        Assert.Contains("at Pipeline.Frosting.Sample.Tasks.Failing.Run(", run.Errors, StringComparison.Ordinal);
    }
}
