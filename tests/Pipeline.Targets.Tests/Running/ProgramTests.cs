using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.Targets.Tests.Running;

/// <summary>The sample program as its users run it: exit codes, signals, documents, evidence in real clones.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData(0, "--target", "Lint")]
    [InlineData(1, "--target", "Fails")]
    [InlineData(2, "--target", "Lnit")]
    [InlineData(2, "--no-such-option")]
    [InlineData(3, "--target", "Refused")]
    [InlineData(4, "--target", "RolledBack")]
    [InlineData(4, "--target", "Refused", "--target", "RolledBack", "--target", "Fails", "--keep-going")]
    [InlineData(3, "--target", "Refused", "--target", "Fails", "--keep-going")]
    [InlineData(1, "--target", "TooLong")]
    [InlineData(0, "--target", "Careless")]
    public async Task The_exit_code_tells_how_the_run_ended(int expected, params string[] arguments)
    {
        using var program = new SampleProgram();
        Assert.Equal(expected, await program.RunAsync(arguments));
    }

    [Fact]
    public async Task A_start_leaves_beside_the_program_what_the_next_one_compiles_ahead_and_a_damaged_one_does_no_harm()
    {
        using var program = new SampleProgram();
        var profile = SampleProgram.StartProfile("Lint");
        File.Delete(profile);
        Assert.Equal(0, await program.RunAsync("--target", "Lint"));
        Assert.True(File.Exists(profile), "a start leaves its profile");
        await File.WriteAllTextAsync(profile, "no profile at all", TestContext.Current.CancellationToken);
        Assert.Equal(0, await program.RunAsync("--target", "Lint"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_cancels_the_targets_and_everything_is_recorded(string signal)
    {
        using var program = new SampleProgram();
        program.Start("--target", "Waits");
        await Eventually.HoldsAsync(() => program.HasMark("waiting"), "the target waits");
        program.Signal(signal);
        Assert.Equal(130, await program.EndAsync());
        Assert.True(program.HasMark("stopped"));
        Assert.Contains("finally of Waits", program.Out, StringComparison.Ordinal);
        Assert.Contains("teardown, after a failure", program.Out, StringComparison.Ordinal);
        var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(program.Runs().Single(), "run.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("cancelled", run.GetProperty("state").GetString());
        Assert.Equal(130, run.GetProperty("exitCode").GetInt32());
        Assert.Equal("cancelled", run.GetProperty("targets")[0].GetProperty("outcome").GetString());
        Assert.True(File.Exists(Path.Combine(program.Runs().Single(), "report.html")));
    }

    [Fact]
    public async Task A_second_signal_ends_the_program_at_once()
    {
        using var program = new SampleProgram();
        program.Start("--target", "Stubborn");
        await Eventually.HoldsAsync(() => program.HasMark("waiting"), "the target waits");
        program.Signal("INT");
        await Eventually.HoldsAsync(() => program.Error.Contains("once more ends at once", StringComparison.Ordinal), "the first signal is answered");
        program.Signal("INT");
        Assert.Equal(130, await program.EndAsync());
        Assert.Contains("\"state\": \"cancelled\"", await File.ReadAllTextAsync(Path.Combine(program.Runs().Single(), "run.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_program_leaves_a_record_of_what_ran_and_the_next_run_works()
    {
        using var program = new SampleProgram();
        program.Start("--target", "Waits");
        await Eventually.HoldsAsync(() => program.HasMark("waiting"), "the target waits");
        program.Signal("KILL");
        await program.EndAsync();
        Assert.Contains("\"state\": \"running\"", await File.ReadAllTextAsync(Path.Combine(program.Runs().Single(), "run.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await program.RunAsync("--target", "DeployStaging"));
    }

    [Fact]
    public async Task The_children_of_a_cancelled_target_end_with_it()
    {
        Needs.That(Directory.Exists("/proc/self"), "there is no /proc");
        using var program = new SampleProgram();
        program.Start("--target", "StartsChildren");
        await Eventually.HoldsAsync(() => program.HasMark("child"), "the child runs");
        var child = int.Parse(await File.ReadAllTextAsync(Path.Combine(program.Folder, "marks", "child"), TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        program.Signal("TERM");
        Assert.Equal(130, await program.EndAsync());
        await Eventually.HoldsAsync(() => !Directory.Exists($"/proc/{child}"), "the grandchild is gone");
    }

    [Fact]
    public async Task A_document_is_all_that_standard_output_gets()
    {
        using var program = new SampleProgram();
        Assert.Equal(0, await program.RunAsync("--target", "Status", "--json"));
        Assert.Equal("{\"environments\":[]}\n", program.Out);
        Assert.Contains("asking staging", program.Error, StringComparison.Ordinal);
        Assert.Contains("1 done", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_targets_are_skipped_with_the_reason()
    {
        using var program = new SampleProgram();
        Assert.Equal(0, await program.RunAsync("--target", "DeployStaging"));
        Assert.Contains("4 done", program.Out, StringComparison.Ordinal);
        Assert.Equal(0, await program.RunAsync("--target", "DeployStaging"));
        Assert.Contains("4 up to date", program.Out, StringComparison.Ordinal);
        Assert.Matches("= Lint  unchanged since .* by .* on ", program.Out);
        Assert.Contains("= DeployStaging  staging runs sha256:", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_input_is_named_and_reruns_only_what_depends_on_it()
    {
        using var program = new SampleProgram();
        await program.RunAsync("--target", "DeployStaging");
        program.Write("tests/ShopTests.cs", "class ShopTests { }\n");
        program.Write("tests/More.cs", "class More;\n");
        Assert.Equal(0, await program.RunAsync("--target", "DeployStaging"));
        Assert.Contains("= Lint", program.Out, StringComparison.Ordinal);
        Assert.Contains("= BuildImage", program.Out, StringComparison.Ordinal);
        Assert.Matches(@"✓ Test  .*\(new input: tests/More.cs, input changed: tests/ShopTests.cs\)", program.Out);
    }

    [Fact]
    public async Task Ignored_files_are_no_inputs()
    {
        using var program = new SampleProgram();
        await program.RunAsync("--target", "Test");
        program.Write("src/bin/Generated.cs", "class Generated;\n");
        Assert.Equal(0, await program.RunAsync("--target", "Test"));
        Assert.Contains("2 up to date", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_copied_to_another_clone_of_the_commit_skips_the_same()
    {
        using var first = new SampleProgram();
        await first.RunAsync("--target", "Everything", "--keep-going");
        using var second = new SampleProgram();
        Directory.Delete(Path.Combine(second.Folder, ".git"), recursive: true);
        Directory.Delete(Path.Combine(second.Folder, "src"), recursive: true);
        Directory.Delete(Path.Combine(second.Folder, "tests"), recursive: true);
        second.Git("clone", "--quiet", first.Folder, "clone");
        foreach (var file in Directory.GetFiles(Path.Combine(first.Folder, ".pipeline", "evidence"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(second.Folder, "clone", Path.GetRelativePath(first.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Assert.Equal(0, await second.RunAsync("--target", "DeployStaging", "--plan", "--working", "clone"));
        Assert.Matches("skip  Lint .*\nskip  BuildImage .*\nskip  Test .*\nrun   DeployStaging  staging runs something else\n", second.Out);
    }

    [Fact]
    public async Task Secrets_appear_nowhere()
    {
        const string Secret = "p4ss/w0rd+ü&\"x\"";
        using var program = new SampleProgram();
        program.StartWith(new() { ["PIPELINE_TOKEN"] = Secret }, "--target", "Leaky", "--target", "BuildImage", "--keep-going", "--verbosity", "diagnostic");
        Assert.Equal(1, await program.EndAsync());
        string[] forms = [Secret, Secret[3..9], Uri.EscapeDataString(Secret), JsonEncodedText.Encode(Secret).ToString(), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("user:" + Secret))[8..24]];
        var everything = Directory.GetFiles(Path.Combine(program.Folder, ".pipeline"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/cache/", StringComparison.Ordinal)).Select(File.ReadAllText).Append(program.Out).Append(program.Error);
        Assert.All(everything, text => Assert.All(forms, form => Assert.DoesNotContain(form, text, StringComparison.Ordinal)));
        Assert.Contains("signed in with ***", program.Out, StringComparison.Ordinal);
        Assert.Contains("child knows ***", program.Out, StringComparison.Ordinal);
        Assert.Contains("child was told ***", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_is_told_to_mask_secrets_and_folds_the_output_of_targets()
    {
        using var program = new SampleProgram();
        program.StartWith(new() { ["GITHUB_ACTIONS"] = "true", ["PIPELINE_TOKEN"] = "secret-of-ci" }, "--target", "Lint");
        Assert.Equal(0, await program.EndAsync());
        Assert.StartsWith("::add-mask::secret-of-ci\n", program.Out, StringComparison.Ordinal);
        Assert.Contains("::group::Lint\nno faults in the sources\n::endgroup::\n✓ Lint", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_fifty_runs_are_kept()
    {
        using var program = new SampleProgram();
        for (var run = 0; run < 60; run++)
            program.Write($".pipeline/runs/20200101-0000{run:00}-old/run.json", "{}");
        Assert.Equal(0, await program.RunAsync("--target", "Lint"));
        Assert.Equal(50, program.Runs().Length);
    }

    [Fact]
    public async Task Bash_completes_targets_options_and_values()
    {
        using var program = new SampleProgram();
        Assert.Equal(0, await program.RunAsync("--completion", "bash"));
        program.Write("complete.sh", program.Out + """
            try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_sample; echo "${COMPREPLY[*]}"; }
            try sample --target Dep
            try sample --eng
            try sample --engine d
            try sample --plan ''
            try sample --force --keep
            try sample --engine = pr
            """);
        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Needs.Program("bash"), ["complete.sh"]) { WorkingDirectory = program.Folder, RedirectStandardOutput = true })!;
        var words = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("DeployStaging\n--engine\ndocker\ntext json\n--keep-going\nprocess\n", words);
    }
}
