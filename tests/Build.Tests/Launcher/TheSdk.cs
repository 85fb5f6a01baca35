using Pipeline.Testing;

namespace Build.Tests.Launcher;

[Collection("launcher")]
public sealed class TheSdk(SmallRepository repository)
{
    [Fact]
    public async Task A_missing_SDK_is_explained()
    {
        var clone = await repository.ColdAsync();
        using var folder = new TemporaryDirectory();
        foreach (var program in new[] { "sed", "find", "sort", "tr", "xargs", "dirname", "readlink", "touch", "mv", "rm", "mkdir", "sha256sum", "date", "cat", "ln", "grep", "sleep" })
            File.CreateSymbolicLink(folder.Combine(program), Needs.Program(program));
        var run = await Clone.RunInAsync(clone.Path, clone.File("build.sh"), new() { ["PATH"] = folder.Path, ["HOME"] = folder.Path, ["DOTNET_ROOT"] = null });
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal(
            "build.sh: the .NET SDK is missing: no program 'dotnet' on the PATH, in DOTNET_ROOT or in ~/.dotnet; "
            + "install the SDK 10.0.100 from https://dotnet.microsoft.com/download and run again\n", run.Errors);
    }

    [Fact]
    public async Task An_SDK_that_is_too_old_is_explained()
    {
        var clone = await repository.ColdAsync();
        clone.Write("""{ "sdk": { "version": "99.0.100", "rollForward": "latestFeature" } }""", "global.json");
        var run = await clone.RunAsync();
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        var lines = run.Errors.TrimEnd('\n').Split('\n');
        Assert.Equal($"build.sh: the .NET SDK is too old: global.json wants 99.0.100 or a later one of the same major version, {Needs.Program("dotnet")} has:", lines[0]);
        Assert.Matches(@"^  10\.0\.\d+ \[", lines[1]);
        Assert.Equal("build.sh: install the SDK 99.0.100 from https://dotnet.microsoft.com/download and run again", lines[^1]);
    }

    [Fact]
    public async Task An_SDK_in_the_home_folder_is_found()
    {
        var clone = await repository.WarmAsync();
        await clone.RunAsync();
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine(".dotnet"));
        File.CreateSymbolicLink(folder.Combine(".dotnet", "dotnet"), Needs.Program("dotnet"));
        File.CreateSymbolicLink(folder.Combine("find"), Needs.Program("find"));
        var run = await Clone.RunInAsync(clone.Path, clone.File("build.sh"), new() { ["PATH"] = folder.Path, ["HOME"] = folder.Path, ["DOTNET_ROOT"] = null });
        Assert.Equal("", run.Errors);
        Assert.Equal("first words", run.Line("words"));
    }
}
