using System.Diagnostics;

namespace Pipeline.EndToEnd.Installations;

/// <summary>How <c>./build.sh</c> is started: as from a fresh shell, without what the test host and a surrounding run of the pipeline left in the environment.</summary>
internal static class BuildProcess
{
    private static readonly string[] Foreign = ["PIPELINE_", "STAGING_", "PRODUCTION_", "GITHUB_", "RUNNER_", "MSBUILD", "VSTEST", "TESTINGPLATFORM", "CORECLR_", "COR_", "DOTNET_STARTUP"];

    public static ProcessStartInfo Describe(string repository, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // The working directory is another one, for build.sh works from any folder. Ctrl-C means something, even where these tests were started in the background.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "bash", Path.Combine(repository, "build.sh"), .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
            start.Environment.Remove(name);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return start;
    }

    /// <summary>The same at a pseudo terminal of its own (script of util-linux), which passes on what is typed and what is shown, and ends as the program does.</summary>
    public static ProcessStartInfo AtTerminal(ProcessStartInfo start)
    {
        var terminal = new ProcessStartInfo(
            Needs.Program("script"), ["--quiet", "--return", "--flush", "--command", string.Join(' ', start.ArgumentList.Prepend(start.FileName).Select(Quoted)), "/dev/null"])
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        terminal.Environment.Clear();
        foreach (var (name, value) in start.Environment)
            terminal.Environment[name] = value;
        terminal.Environment.Remove("CI");
        terminal.Environment["TERM"] = "xterm";
        return terminal;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
