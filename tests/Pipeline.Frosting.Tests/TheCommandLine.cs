using Pipeline.Frosting.Tests.Programs;
using Pipeline.Testing;

namespace Pipeline.Frosting.Tests;

public sealed class TheCommandLine
{
    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--noop")]
    [InlineData("--whatif")]
    public async Task A_dry_run_names_the_tasks_in_order_and_runs_none(string option)
    {
        var run = await SampleProgram.WithAsync("task-lifetime", "--target", "Compile", option);
        Assert.Equal(
            [
                "Performing dry run...", "Targets are: Compile", "1. Clean", "2. Compile",
                "This was a dry run.", "No tasks were actually executed.",
            ],
            run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("--tree")]
    [InlineData("--showtree")]
    public async Task The_tree_shows_what_depends_on_what(string option)
    {
        var run = await SampleProgram.RunAsync(option);
        Assert.Contains(
            """
            Default
            └─Check
               └─Compile
                  └─Clean
            """,
            run.Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("clean", run.Said);
    }

    [Theory]
    [InlineData("--description")]
    [InlineData("--descriptions")]
    [InlineData("--showdescription")]
    [InlineData("--showdescriptions")]
    public async Task Descriptions_stand_beside_the_names(string option)
    {
        var run = await SampleProgram.RunAsync(option);
        Assert.Matches(@"Clean +Empties the output", run.Output);
        Assert.Matches(@"Compile +Compiles the sources", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--ver")]
    public async Task The_version_is_that_of_Cake(string option)
    {
        var run = await SampleProgram.RunAsync(option);
        Assert.Equal("7.0.0", run.Output.Trim());
    }

    [Fact]
    public async Task The_information_names_version_and_details()
    {
        var run = await SampleProgram.RunAsync("--info");
        Assert.Matches(@"Version: 7\.0\.0\s+Details: 7\.0\.0\+", run.Output);
    }

    [Fact]
    public async Task Whatever_else_is_given_reaches_the_tasks_as_arguments()
    {
        var run = await SampleProgram.RunAsync("--target", "TellArguments", "--name", "value", "--other=1", "--flag", "--name", "second", "--version=1.2");
        Assert.Equal(["flag = (nothing)", "name = value and second", "other = 1", "target = TellArguments", "version = 1.2"], run.Said);
    }

    [Fact]
    public async Task The_report_is_left_out_on_request()
    {
        var run = await SampleProgram.RunAsync("--target", "Clean", "--no-report");
        Assert.Empty(run.Report);
        Assert.Equal(["clean"], run.Said);
    }

    [Fact]
    public async Task Quiet_verbosity_leaves_only_what_tasks_print_themselves()
    {
        var run = await SampleProgram.RunAsync("--target", "Clean", "--verbosity", "quiet", "--no-report");
        Assert.Equal("clean", run.Output.Trim());
    }

    [Fact]
    public async Task Diagnostic_verbosity_tells_what_the_host_does()
    {
        var run = await SampleProgram.RunAsync("--target", "Clean", "-v", "diagnostic");
        Assert.Contains("Registering task: Compile", run.Said);
    }

    [Fact]
    public async Task The_working_directory_comes_from_the_command_line_before_the_program()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("elsewhere"));
        Directory.CreateDirectory(folder.Combine("own choice"));
        var run = await SampleProgram.InAsync(folder.Path, "working-directory", "--target", "TellPlace", "--working", "own choice");
        Assert.Contains("working directory own choice", run.Said);
        run = await SampleProgram.InAsync(folder.Path, "working-directory", "--target", "TellPlace");
        Assert.Contains("working directory elsewhere", run.Said);
    }

    [Fact]
    public async Task A_working_directory_that_does_not_exist_is_named()
    {
        using var folder = new TemporaryDirectory();
        var run = await SampleProgram.InAsync(folder.Path, "", "--working", "nowhere");
        Assert.Equal($"Error: The working directory '{folder.Combine("nowhere")}' does not exist.", run.Errors.Trim());
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("Error: Failed to convert 'loud' to Nullable`1.", "--verbosity", "loud")]
    [InlineData("Error: Unknown command 'stray'.", "stray")]
    public async Task A_command_line_that_cannot_be_read_says_what_is_wrong_with_it(string message, params string[] arguments)
    {
        var run = await SampleProgram.RunAsync(arguments);
        Assert.Contains(message, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Equal(255, run.ExitCode);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        var run = await SampleProgram.RunAsync("--help");
        foreach (var option in new[] { "--target", "--working", "--verbosity", "--description", "--tree", "--dryrun", "--exclusive", "--version", "--info", "--no-report" })
            Assert.Contains(option, run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }
}
