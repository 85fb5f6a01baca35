using Cake.Frosting;
using Pipeline.Targets.Output;
using Pipeline.Testing;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Pipeline.Targets.Tests.Running;

/// <summary>A program run in this process: its targets, its folder, its captured console.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly string before = Directory.GetCurrentDirectory();
    private readonly Type[] targets;

    internal TestRun(params Type[] targets) => this.targets = targets;

    internal string Folder => folder.Path;

    internal string Out { get; private set; } = "";

    internal string Error { get; private set; } = "";

    internal Action<PipelineOptions> Configure { get; init; } = _ => { };

    internal Func<CakeHost, CakeHost> Host { get; init; } = host => host;

    internal Dictionary<string, string> Variables { get; } = [];

    internal ConsoleDevices Devices { get; init; } = new(TextWriter.Null, TextWriter.Null);

    internal CancellationToken Cancellation { get; init; }

    internal TimeProvider Time { get; init; } = new StoppedClock();

    internal int Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        try
        {
            return Host(new CakeHost()).UsePipeline(options =>
            {
                options.OnlyTargets = targets;
                options.ProgramName = "program";
                options.Time = Time;
                options.NewRunId = () => Guid.NewGuid().ToString("N");
                options.Variables = Variables.GetValueOrDefault;
                options.Console = () => Devices with { Out = TextWriter.Synchronized(output), Error = TextWriter.Synchronized(error) };
                options.Cancellation = Cancellation;
                Configure(options);
            }).Run(["--working", folder.Path, .. arguments]);
        }
        finally
        {
            // The report has a folder of its own in each run.
            Out = string.Concat(output.ToString().Split('\n').Where(line => !line.StartsWith("report: ", StringComparison.Ordinal)).Select(line => line + "\n")).TrimEnd('\n') + "\n";
            Error = error.ToString();
            Directory.SetCurrentDirectory(before);
        }
    }

    internal string RunFile(string name) => File.ReadAllText(Path.Combine(Directory.GetDirectories(folder.Combine(".pipeline", "runs")).Order(StringComparer.Ordinal).Last(), name));

    internal void Write(string path, string text)
    {
        var file = folder.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => folder.Dispose();
}

/// <summary>A clock that stands still: what is rendered does not change from run to run.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;
}
