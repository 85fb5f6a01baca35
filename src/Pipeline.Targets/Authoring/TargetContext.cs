using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Reports;
using Pipeline.Targets.Running;
using Pipeline.Targets.Summaries;

namespace Pipeline.Targets;

/// <summary>
/// What a target works with: Cake's context with all its aliases, the parameters of the run, its folders, and what the target adds to the
/// report of the run. Whatever is written to <see cref="Log"/> or the console while the target runs belongs to its output.
/// </summary>
public sealed class TargetContext : ICakeContext
{
    private readonly RunState run;
    private readonly TargetFindings findings;

    internal TargetContext(string name, ICakeContext cake, RunState run, TargetFindings findings, CancellationToken cancellation)
    {
        Name = name;
        Cake = cake;
        this.run = run;
        this.findings = findings;
        Cancellation = cancellation;
    }

    /// <summary>The name of the target.</summary>
    public string Name { get; }

    /// <summary>The context that the program made, such as its own subclass of <c>FrostingContext</c>.</summary>
    public ICakeContext Cake { get; }

    /// <summary>The parameters of the run.</summary>
    public ParameterValues Parameters => run.Parameters;

    /// <summary>The folder that the program works in: an absolute path. Globs of <see cref="Inputs"/> are relative to it.</summary>
    public string WorkingDirectory => run.Folders.Working;

    /// <summary>The folder that keeps state between runs, <c>.pipeline</c> or <c>PIPELINE_HOME</c>: an absolute path.</summary>
    public string StateDirectory => run.Folders.State;

    /// <summary>The folder of this run's report: an absolute path.</summary>
    public string RunDirectory => run.Folders.Run;

    /// <summary>The clock.</summary>
    public TimeProvider Time => run.Time;

    /// <inheritdoc />
    public IFileSystem FileSystem => Cake.FileSystem;

    /// <inheritdoc />
    public ICakeEnvironment Environment => Cake.Environment;

    /// <inheritdoc />
    public IGlobber Globber => Cake.Globber;

    /// <inheritdoc />
    public ICakeLog Log => Cake.Log;

    /// <inheritdoc />
    public ICakeArguments Arguments => Cake.Arguments;

    /// <inheritdoc />
    public IProcessRunner ProcessRunner => Cake.ProcessRunner;

    /// <inheritdoc />
    public IRegistry Registry => Cake.Registry;

    /// <inheritdoc />
    public IToolLocator Tools => Cake.Tools;

    /// <inheritdoc />
    public ICakeDataResolver Data => Cake.Data;

    /// <inheritdoc />
    public ICakeConfiguration Configuration => Cake.Configuration;

    internal CancellationToken Cancellation { get; }

    internal RunCancellation Children => run.Cancellation;

    /// <summary>The value of a parameter.</summary>
    public T? Get<T>(Parameter<T> parameter) => run.Parameters.Get(parameter);

    /// <summary>Whether a target was named on the command line, rather than being needed by one that was.</summary>
    public bool IsRequested(string target) => run.Request.Targets.Contains(target, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a target was named on the command line, rather than being needed by one that was.</summary>
    public bool IsRequested<TTarget>()
        where TTarget : PipelineTarget => IsRequested(TargetNames.Of(typeof(TTarget)));

    /// <summary>
    /// The hash of all that a target's result depended on, once that target has finished or was skipped: the name of its evidence. Null before that, and for a
    /// target that neither declares inputs nor decides itself about running.
    /// </summary>
    public string? FingerprintOf<TTarget>()
        where TTarget : PipelineTarget => run.Fingerprints.GetValueOrDefault(TargetNames.Of(typeof(TTarget)));

    /// <summary>Writes a line to the output of the target.</summary>
    public void Say(string line) => run.Router.Out.Write(line + "\n");

    /// <summary>Adds a number to the report of the run.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="value">How much.</param>
    /// <param name="unit">In which unit, such as <c>ms</c>, <c>bytes</c> or <c>%</c>; empty for a count.</param>
    public void Measure(string name, double value, string unit) => findings.Add(new Measurement(name, value, unit));

    /// <summary>Adds a plot to the report of the run.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="unit">The unit of the values.</param>
    /// <param name="xLabel">What the points stand for, with their unit, such as <c>seconds</c>.</param>
    /// <param name="points">The points in the order in which they are joined.</param>
    public void Plot(string name, string unit, string xLabel, IEnumerable<(double X, double Y)> points) =>
        findings.Add(new Series(name, unit, xLabel, [.. points.Select(point => new SeriesPoint(point.X, point.Y))]));

    /// <summary>Keeps a text, such as a log or a response, with the report of the run.</summary>
    public void Attach(string name, string text) => findings.Add(new Attachment(name, text));

    /// <summary>
    /// Reports something in a file that has to be mended or looked at. On GitHub it is shown beside the file and line; it is in the report of the run everywhere.
    /// Reporting does not fail the target.
    /// </summary>
    public void Report(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        findings.Add(finding);
    }

    /// <summary>Reports all of them; see <see cref="Report(Finding)"/>.</summary>
    public void Report(IEnumerable<Finding> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        foreach (var finding in all)
            Report(finding);
    }

    /// <summary>
    /// Adds to the summary of the run, which GitHub shows on the page of the job and <c>--summary</c> writes into a file. What follows from a result belongs into the target's
    /// <c>Summarize</c>, which is asked also where an earlier result holds.
    /// </summary>
    public void Summarize(SummaryPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        findings.Add(part);
    }

    /// <summary>Writes parts of a summary as GitHub's markdown: masked, and whatever is in them no more than text.</summary>
    public string Render(params IEnumerable<SummaryPart> parts) => string.Join('\n', RunSummary.Of([.. parts], run.Masker));

    /// <summary>What a run of a target would do now, as a table of a summary. Does nothing of it.</summary>
    /// <typeparam name="TTarget">The target.</typeparam>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SummaryTable> PlanAsync<TTarget>(CancellationToken cancellation)
        where TTarget : PipelineTarget
    {
        var name = TargetNames.Of(typeof(TTarget));
        return RunSummary.Tabulate($"Plan of {name}", await run.PlanAsync(name, cancellation));
    }

    /// <summary>Masks a value in everything that the run writes from now on.</summary>
    /// <exception cref="ArgumentException">The value has fewer than 4 characters: it would occur everywhere by chance.</exception>
    public void Mask(string secret) => run.Mask(secret, $"a secret of {Name}");

    /// <summary>
    /// Writes a document to standard output. Where <see cref="PipelineOptions.StandardOutputIsDocumentWhen"/> holds nothing else goes there;
    /// otherwise the document is part of the target's output.
    /// </summary>
    public void WriteDocument(string document) => run.WriteDocument(document);
}
