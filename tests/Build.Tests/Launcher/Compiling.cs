using System.Reflection.PortableExecutable;
using Pipeline.Testing;

namespace Build.Tests.Launcher;

[Collection("launcher")]
public sealed class Compiling(SmallRepository repository)
{
    [Fact]
    public async Task Two_at_once_compile_once_and_both_run()
    {
        var clone = await repository.ColdAsync();
        var runs = await Task.WhenAll(clone.RunAsync("--exit", "3"), clone.RunAsync("--exit", "4"));
        Assert.Equal([3, 4], runs.Select(run => run.ExitCode));
        Assert.Single(runs, run => run.Compiled);
        Assert.All(runs, run => Assert.Equal("first words", run.Line("words")));
    }

    [Fact]
    public async Task What_every_start_runs_is_compiled_to_machine_code()
    {
        var clone = await repository.WarmAsync();
        var folder = Directory.GetDirectories(clone.Builds, "2*").Single();
        Assert.Equal(["Build.dll", "Pipeline.Small.dll"], Directory.GetFiles(folder, "*.dll").Where(HoldsMachineCode).Select(Path.GetFileName).Order());
        Assert.DoesNotContain("machine code", repository.FirstRun.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_compiler_to_machine_code_the_program_is_complete_and_the_reason_is_told()
    {
        var clone = await repository.WarmAsync();
        var project = await File.ReadAllTextAsync(clone.File("build", "Starting", "Precompile.proj"), TestContext.Current.CancellationToken);
        clone.Write(project.Replace("App.Crossgen2.", "App.NoSuchCompiler.", StringComparison.Ordinal), "build", "Starting", "Precompile.proj");
        var run = await clone.RunAsync();
        Assert.Equal((0, "first words"), (run.ExitCode, run.Line("words")));
        Assert.Contains("every start takes longer: it could not be compiled to machine code beforehand. ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Microsoft.NETCore.App.NoSuchCompiler.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_shown_by_file_and_line_and_the_next_start_after_the_repair_works()
    {
        var clone = await repository.WarmAsync();
        var good = await File.ReadAllTextAsync(clone.File("build", "Extra.cs"), TestContext.Current.CancellationToken);
        clone.Write("internal sealed clas Extra;\n", "build", "Extra.cs");
        var run = await clone.RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("build/Extra.cs(1,", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith("build.sh: the build program does not compile; the errors are above\n", run.Errors, StringComparison.Ordinal);
        clone.Write(good, "build", "Extra.cs");
        Assert.Equal(0, (await clone.RunAsync()).ExitCode);
        Assert.Single(Directory.GetDirectories(clone.Builds, "2*"));
    }

    [Fact]
    public async Task The_folder_of_a_running_program_stays_until_it_ends()
    {
        var clone = await repository.WarmAsync();
        await clone.RunAsync();
        var old = Directory.GetDirectories(clone.Builds, "2*").Single();
        using var running = Clone.Start(clone.Path, clone.File("build.sh"), [], "--wait");
        while (await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "waiting")
        {
        }
        await CompileAnewAsync(clone, "One");
        await CompileAnewAsync(clone, "Two");
        Assert.True(Directory.Exists(old), "the folder of a running program is gone");
        running.Kill();
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        await CompileAnewAsync(clone, "Three");
        Assert.False(Directory.Exists(old), "the folder of a program that has ended is still there");
        Assert.Equal(2, Directory.GetDirectories(clone.Builds, "2*").Length);
    }

    [Fact]
    public async Task A_lock_whose_owner_was_killed_holds_nobody_up()
    {
        var clone = await repository.WarmAsync();
        File.CreateSymbolicLink(Path.Combine(clone.Builds, "lock"), $"{Environment.ProcessId}-1");
        await CompileAnewAsync(clone, "One");
        Assert.False(File.Exists(Path.Combine(clone.Builds, "lock")));
    }

    [Fact]
    public async Task A_launcher_that_is_stopped_while_it_compiles_leaves_no_lock_and_no_folder()
    {
        var clone = await repository.ColdAsync();
        using var process = Clone.Start(clone.Path, clone.File("build.sh"), []);
        Assert.Contains("compiling it", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Clone.SignalAsync(process, "TERM");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(143, process.ExitCode);
        Assert.Empty(Directory.GetDirectories(clone.Builds, "2*"));
        Assert.DoesNotContain("lock", Directory.GetFileSystemEntries(clone.Builds).Select(Path.GetFileName));
    }

    [Fact]
    public async Task In_CI_a_lock_file_that_does_not_fit_is_refused()
    {
        var clone = await repository.ColdAsync();
        clone.Write("""{ "version": 1, "dependencies": { "net10.0": { "Nothing": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "x" } } } }""", "build", "packages.lock.json");
        var run = await Clone.RunInAsync(clone.Path, clone.File("build.sh"), new() { ["CI"] = "true" });
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("NU1004", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_is_kept_where_PIPELINE_HOME_says_relative_to_the_callers_folder()
    {
        var clone = await repository.ColdAsync();
        using var elsewhere = new TemporaryDirectory();
        var run = await Clone.RunInAsync(elsewhere.Path, clone.File("build.sh"), new() { ["PIPELINE_HOME"] = "own state" });
        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(elsewhere.Combine("own state", "build", "current")));
        Assert.False(Directory.Exists(clone.File(".pipeline")));
    }

    private static async Task CompileAnewAsync(Clone clone, string type)
    {
        clone.Write($"internal sealed class {type};\n", "build", $"{type}.cs");
        var run = await clone.RunAsync();
        Assert.True(run.Compiled && run.ExitCode == 0, run.Errors);
    }

    private static bool HoldsMachineCode(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
