using System.Collections.Concurrent;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Common.Tools.DotNet.Format;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Core;
using Cake.Core.Tooling;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Linting;

/// <summary>Compiles with every warning as an error, and checks the formatting without changing anything.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="root">The top of the repository.</param>
/// <param name="solution">The solution, relative to it.</param>
public sealed class SourceLint(ICakeContext context, string root, string solution)
{
    private const int ShownLines = 20;
    private const string Imports = "IMPORTS";

    /// <summary>Compiles the solution. What is up to date is not compiled again: it could only have become so without a warning.</summary>
    /// <exception cref="DeliveryException">The SDK failed without naming a finding.</exception>
    public IReadOnlyList<Finding> Compile() => Observe("compiler", $"dotnet build {solution}", settings => context.DotNetBuild(solution, settings), new DotNetBuildSettings
    {
        NoLogo = true,
        Verbosity = DotNetVerbosity.Quiet,
        MSBuildSettings = new DotNetMSBuildSettings().TreatAllWarningsAs(MSBuildTreatAllWarningsAs.Error),
    });

    /// <summary>Checks white space and the order of imports. Analyzers and style have their say when it is compiled. The solution must have been restored: <see cref="Compile"/> does.</summary>
    /// <exception cref="DeliveryException">The SDK failed without naming a finding.</exception>
    public IReadOnlyList<Finding> CheckFormat() => Observe("formatter", $"dotnet format {solution}", settings => context.DotNetFormat(solution, settings), new DotNetFormatSettings
    {
        VerifyNoChanges = true,
        NoRestore = true,
        // Any name keeps all analyzers but its own from running a second time, which takes minutes; white space and imports are looked at whatever is named.
        Diagnostics = [Imports],
    });

    /// <exception cref="DeliveryException">There are findings; all are listed.</exception>
    public static void RequireNone(IReadOnlyCollection<Finding> findings)
    {
        if (findings.Count == 0)
            return;
        throw new DeliveryException(
            $"lint: {findings.Count} findings in {findings.Select(finding => finding.File).Distinct().Count()} files; run dotnet format for the formatting and mend the rest:"
            + string.Concat(findings.Select(finding => $"\n  {finding}")));
    }

    private IReadOnlyList<Finding> Observe<TSettings>(string tool, string what, Action<TSettings> run, TSettings settings)
        where TSettings : ToolSettings
    {
        if (!File.Exists(Path.Combine(root, solution)))
            throw new DeliveryException($"solution {solution} is not in {root}; name the one that is");
        var lines = new ConcurrentQueue<string>();
        var exitCode = 0;
        settings.WorkingDirectory = root;
        settings.SetupProcessSettings = process =>
        {
            process.RedirectStandardOutput = true;
            process.RedirectStandardError = true;
            process.RedirectedStandardOutputHandler = Keep;
            process.RedirectedStandardErrorHandler = Keep;
        };
        settings.HandleExitCode = code =>
        {
            exitCode = code;
            return true;
        };
        run(settings);
        var findings = new FindingReader(root, tool).Read(lines);
        return exitCode == 0 || findings.Count > 0
            ? findings
            : throw new DeliveryException($"{what} ended with {exitCode} and named no finding; it wrote last:{string.Concat(lines.TakeLast(ShownLines).Select(line => $"\n  {line}"))}");

        string? Keep(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                lines.Enqueue(line);
            return line;
        }
    }
}
