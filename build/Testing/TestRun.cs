using Build.Testing.Coverage;
using Build.Testing.Results;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Common.Tools.DotNet.Test;
using Cake.Core;
using Cake.Core.IO;
using Pipeline.Delivery;
using Path = System.IO.Path;

namespace Build.Testing;

/// <summary>Runs test projects one after the other.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="root">The top of the repository: test projects are <c>tests/*.Tests</c>, what is measured is <c>src/*</c>.</param>
/// <param name="results">The folder for results; what an earlier run left there for a project is deleted first.</param>
public sealed class TestRun(ICakeContext context, string root, string results)
{
    private const string CoverageOfLines = "XPlat Code Coverage";

    // What generators wrote (all below obj) counts for nothing, and instrumenting it takes most of the time. Of the rest it is told whether a line was run, not how often.
    // Not ExcludeByAttribute=GeneratedCodeAttribute: with it, programs such as the sandbox are left out of the report as a whole.
    private static readonly string[] CoverageSettings =
    [
        "ExcludeByFile=**/obj/**", "Exclude=[Pipeline.Testing*]*", "SingleHit=true",
    ];

    private readonly string results = Path.GetFullPath(results);
    private bool isCompiled;

    /// <summary>Whether the lines that tests run are counted; on by default.</summary>
    public bool MeasuresCoverage { get; init; } = true;

    /// <summary>The names of the test projects.</summary>
    /// <exception cref="DeliveryException">There are none.</exception>
    public IReadOnlyList<string> FindProjects() => Projects("tests", "*.Tests");

    /// <summary>Compiles a solution with all test projects in one go; none is compiled again before its tests run.</summary>
    /// <param name="solution">Its file, relative to the top of the repository.</param>
    /// <exception cref="CakeException">It does not compile; the SDK has said why.</exception>
    public void Compile(string solution)
    {
        context.DotNetBuild(Path.Combine(root, solution), new DotNetBuildSettings
        {
            WorkingDirectory = DirectoryPath.FromString(root),
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            ArgumentCustomization = arguments => arguments.Append("-consoleLoggerParameters:NoSummary"),
        });
        isCompiled = true;
    }

    /// <summary>Runs the tests of one project; failed tests are in what is returned.</summary>
    /// <exception cref="DeliveryException">The project does not compile, or its tests did not run to their end.</exception>
    public TestOutcome Run(string project) => Run(project, project, filter: null);

    /// <summary>Runs the tests that failed once more. One that passes now counts as passed, and is named to whoever listens.</summary>
    public TestOutcome TryAgain(TestOutcome first, Action<string> tell)
    {
        if (first.Failures.Count == 0)
            return first;
        var methods = first.Failures.Select(failure => failure.Test.Split('(')[0]).Distinct();
        var second = Run(first.Project, $"{first.Project}.second", string.Join('|', methods.Select(method => $"FullyQualifiedName={method}")));
        var passed = first.Failures.Where(failure => second.Failures.All(again => again.Test != failure.Test)).ToArray();
        foreach (var test in passed)
            tell($"passed only on its second try: {test.Test}: {test.Message.Split('\n')[0]}");
        return first with { Passed = first.Passed + passed.Length, Failures = second.Failures };
    }

    private TestOutcome Run(string project, string folderName, string? filter)
    {
        var folder = Path.Combine(results, folderName);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var exitCodes = new List<int>();
        var settings = new DotNetTestSettings
        {
            WorkingDirectory = DirectoryPath.FromString(root),
            PathType = DotNetTestPathType.None,
            NoLogo = true,
            NoBuild = isCompiled,
            Verbosity = DotNetVerbosity.Quiet,
            ResultsDirectory = DirectoryPath.FromString(folder),
            Loggers = ["trx;LogFileName=results.trx"],
            Filter = filter,
            HandleExitCode = code =>
            {
                exitCodes.Add(code);
                return true;
            },
        };
        if (MeasuresCoverage)
            MeasureLines(settings);
        context.DotNetTest(Path.Combine(root, "tests", project, $"{project}.csproj"), settings);
        var outcome = TrxReader.Read(project, Path.Combine(folder, "results.trx"));
        return exitCodes is [0] || outcome.Failures.Count > 0
            ? outcome
            : throw new DeliveryException($"tests of {project}: dotnet test ended with {string.Join(", ", exitCodes)} though no test failed; what it wrote above says why");
    }

    /// <summary>The coverage of every assembly of <c>src</c>, from the reports of all projects that ran.</summary>
    /// <exception cref="DeliveryException">A report is malformed, or there is no assembly to measure.</exception>
    public IReadOnlyList<AssemblyCoverage> MeasureCoverage() => CoberturaReader.Merge(
        Directory.Exists(results) ? Directory.EnumerateFiles(results, "coverage.cobertura.xml", SearchOption.AllDirectories) : [], Projects("src", "*"));

    // What follows two dashes sets single values of a run's settings file, which is not needed then.
    private static void MeasureLines(DotNetTestSettings settings)
    {
        settings.Collectors = [CoverageOfLines];
        settings.ArgumentCustomization = arguments => CoverageSettings.Aggregate(
            arguments.Append("--"), (all, setting) => all.AppendQuoted($"DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.{setting}"));
    }

    private string[] Projects(string folder, string pattern)
    {
        var path = Path.Combine(root, folder);
        var found = Directory.Exists(path)
            ? Directory.EnumerateDirectories(path, pattern).Select(project => Path.GetFileName(project)!)
                .Where(project => File.Exists(Path.Combine(path, project, $"{project}.csproj"))).Order(StringComparer.Ordinal).ToArray()
            : [];
        return found.Length > 0 ? found : throw new DeliveryException($"no project {pattern} lies in {path}; run this in the repository");
    }
}
