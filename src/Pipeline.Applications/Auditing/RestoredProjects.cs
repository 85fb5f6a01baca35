using System.Text.RegularExpressions;
using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Delivery;
using Path = System.IO.Path;

namespace Pipeline.Applications.Auditing;

/// <summary>The projects of a solution, with what NuGet restored and found for each.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="root">The top of the repository.</param>
/// <param name="solution">The solution, relative to it.</param>
internal sealed partial class RestoredProjects(ICakeContext context, string root, string solution)
{
    private const int ShownLines = 20;

    /// <summary>The sources of packages that NuGet's configuration names here.</summary>
    public IReadOnlyList<string> Sources()
    {
        var (code, lines) = Run("nuget", "list", "source", "--format", "short");
        return code == 0 ? PackageSources.Read(lines) : throw Failure("nuget list source", code, lines);
    }

    /// <summary>Restores what is not restored yet.</summary>
    /// <returns>The projects, relative to the top of the repository, each with its file of assets.</returns>
    /// <exception cref="DeliveryException">The SDK failed for another reason than a vulnerability.</exception>
    public IReadOnlyList<(string Project, string Assets)> Restore() => Read(Run("restore", solution, "--verbosity", "quiet"));

    /// <summary>Restores all, and so makes NuGet look for vulnerabilities: what it found the last time would be found again without looking.</summary>
    /// <returns>As <see cref="Restore"/>.</returns>
    /// <exception cref="DeliveryException">As <see cref="Restore"/>.</exception>
    public IReadOnlyList<(string Project, string Assets)> RestoreAnew() => Read(Run("restore", solution, "--force", "--verbosity", "quiet"));

    private IReadOnlyList<(string Project, string Assets)> Read((int Code, string[] Lines) run)
    {
        var (code, lines) = run;
        // Where warnings are errors a vulnerability fails the restore; the audit tells it with all else.
        if (code != 0 && !lines.Any(line => line.Contains(": error NU190", StringComparison.Ordinal)))
            throw Failure($"restore {solution}", code, lines);
        return
        [
            .. from Match project in Project().Matches(File.ReadAllText(Path.Combine(root, solution)))
               let name = project.Groups["path"].Value.Replace('\\', '/')
               select (name, Path.Combine(root, Path.GetDirectoryName(name)!, "obj", "project.assets.json")),
        ];
    }

    private (int Code, string[] Lines) Run(params string[] arguments)
    {
        var settings = new ProcessSettings
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Silent = true,
            Arguments = new ProcessArgumentBuilder(),
            // What NuGet says of a vulnerability is shown as it stands.
            // A node that MSBuild leaves behind would keep the output open, and this waiting for its end, for a quarter of an hour.
            EnvironmentVariables = new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "true", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        foreach (var argument in arguments)
            settings.Arguments.AppendQuoted(argument);
        var code = context.StartProcess("dotnet", settings, out var output, out var errors);
        return (code, [.. output, .. errors]);
    }

    private static DeliveryException Failure(string command, int code, string[] lines) =>
        new($"dotnet {command} ended with {code}; it wrote last:{string.Concat(lines.Where(line => line.Length > 0).TakeLast(ShownLines).Select(line => $"\n  {line}"))}");

    // https://learn.microsoft.com/visualstudio/extensibility/internals/solution-dot-sln-file#file-body
    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex Project();
}
