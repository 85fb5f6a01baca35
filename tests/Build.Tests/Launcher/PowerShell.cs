using System.Diagnostics;
using Pipeline.Testing;

namespace Build.Tests.Launcher;

[Collection("launcher")]
public sealed class PowerShell(SmallRepository repository)
{
    [Fact]
    public async Task It_compiles_once_and_hands_on_arguments_and_exit_code()
    {
        var pwsh = Needs.Program("pwsh");
        var clone = await repository.ColdAsync();
        var cold = await RunAsync(pwsh, clone, "--target", "two words");
        Assert.True(cold.Compiled, cold.Errors);
        Assert.Equal("--target|two words", cold.Line("arguments"));
        var warm = await RunAsync(pwsh, clone, "--exit", "37");
        Assert.Equal("", warm.Errors);
        Assert.Equal(37, warm.ExitCode);
        clone.Write("internal sealed class Added;\n", "build", "Added.cs");
        Assert.True((await RunAsync(pwsh, clone)).Compiled);
    }

    private static async Task<LauncherRun> RunAsync(string pwsh, Clone clone, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(pwsh, ["-NoProfile", "-File", clone.File("build.ps1"), .. arguments])
        {
            WorkingDirectory = clone.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return await Clone.EndAsync(process);
    }
}
