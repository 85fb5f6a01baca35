using Pipeline.Frosting.Tests.Programs;
using Pipeline.Testing;

namespace Pipeline.Frosting.Tests;

public sealed class WhatAProgramSetsUp
{
    [Theory]
    [InlineData("greeting", "hello from a service")]
    [InlineData("startup", "hello from the startup")]
    [InlineData("module", "hello from a module")]
    [InlineData("startup,module", "hello from a module")]
    [InlineData("module,startup", "hello from the startup")]
    public async Task A_task_takes_the_service_that_was_registered_last(string features, string greeting)
    {
        var run = await SampleProgram.WithAsync(features, "--target", "TellGreeting");
        Assert.Equal([greeting], run.Said);
    }

    [Fact]
    public async Task A_setting_of_the_program_gives_way_to_the_file_and_that_to_the_command_line()
    {
        using var folder = new TemporaryDirectory();
        var run = await SampleProgram.InAsync(folder.Path, "setting", "--target", "TellPlace");
        Assert.Contains("setting from the program", run.Said);

        await File.WriteAllTextAsync(folder.Combine("cake.config"), "[Sample]\nSetting=from the file\n", TestContext.Current.CancellationToken);
        run = await SampleProgram.InAsync(folder.Path, "setting", "--target", "TellPlace");
        Assert.Contains("setting from the file", run.Said);

        run = await SampleProgram.InAsync(folder.Path, "setting", "--target", "TellPlace", "--Sample_Setting=from the command line");
        Assert.Contains("setting from the command line", run.Said);
    }

    [Fact]
    public async Task Settings_of_a_startup_class_count_too()
    {
        var run = await SampleProgram.WithAsync("startup", "--target", "TellPlace");
        Assert.Contains("setting from the startup", run.Said);
    }

    [Fact]
    public async Task A_setting_chooses_the_verbosity()
    {
        var run = await SampleProgram.WithAsync("quiet-setting", "--target", "Clean", "--no-report");
        Assert.Equal("clean", run.Output.Trim());
    }

    [Fact]
    public async Task A_tool_is_installed_before_the_first_task_and_found_by_its_name()
    {
        using var folder = new TemporaryDirectory();
        var run = await SampleProgram.InAsync(folder.Path, "tool,tool-path,setup", "--target", "TellPlace");
        Assert.Equal("installing hammer into own-tools", run.Said[0]);
        Assert.Equal("setup alone", run.Said[1]);
        Assert.Contains("tools in own-tools", run.Said);
        Assert.Contains("hammer at hammer", run.Said);
    }

    [Theory]
    [InlineData("unknown-tool", "Error: Could not find an installer for the 'nowhere' scheme.")]
    [InlineData("missing-tool", "Error: Failed to install tool 'missing'.")]
    public async Task A_tool_that_cannot_be_installed_stops_the_run(string feature, string message)
    {
        var run = await SampleProgram.WithAsync(feature, "--target", "Clean");
        Assert.Equal(message, run.Errors.Trim());
        Assert.DoesNotContain("clean", run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Another_engine_takes_the_place_of_Cakes()
    {
        var run = await SampleProgram.WithAsync("engine", "--target", "Clean", "--target", "Compile");
        Assert.Equal(["another engine was asked for Clean Compile"], run.Said);
    }

    [Fact]
    public async Task Another_log_takes_the_place_of_Cakes()
    {
        var run = await SampleProgram.WithAsync("log", "--target", "Failing");
        Assert.Equal(["AN ERROR OCCURRED WHEN EXECUTING TASK 'FAILING'.", "ERROR: IT BROKE"], run.Said);
    }

    [Fact]
    public async Task Another_report_printer_takes_the_place_of_Cakes()
    {
        var run = await SampleProgram.WithAsync("printer", "--target", "Compile");
        Assert.Equal(["step Clean", "clean", "step Compile", "compile, context is fresh", "Clean Executed, Compile Executed"], run.Said);
    }
}
