using System.Diagnostics;

namespace Pipeline.EndToEnd.Installations;

/// <summary>How <c>./build.sh</c> is started: as from a fresh shell, without what the test host and a surrounding run of the pipeline left in the environment.</summary>
internal static class BuildProcess
{
    private static readonly string[] Foreign = ["PIPELINE_", "STAGING_", "PRODUCTION_", "MSBUILD", "VSTEST", "TESTINGPLATFORM", "CORECLR_", "COR_", "DOTNET_STARTUP"];

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
}
