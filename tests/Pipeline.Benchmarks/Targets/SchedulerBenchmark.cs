using System.Diagnostics;
using System.Globalization;
using Cake.Core;

namespace Pipeline.Benchmarks.Targets;

/// <summary>What it costs to run targets that do nothing, beside Cake's own engine.</summary>
internal sealed class SchedulerBenchmark : IBenchmark
{
    private const double Bound = 20;
    private static readonly int[] Sizes = [1_000, 10_000];

    public string Name => "scheduler";

    public string Title => "Scheduler";

    public string Explanation =>
        "Targets that do nothing, each depending on up to three of those before it: the whole run with its graph check, display and report, "
        + $"divided by the targets. Cake's own engine runs the same tasks in the same process. Held to {Bound.ToString(CultureInfo.InvariantCulture)} µs of processor time a target at 10,000 targets "
        + "(all threads together, so that other work on the machine does not count), "
        + "and to at most twice the time of 1,000 targets for each of them, since the work must grow in line with their number.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        await PipelineAsync(100);
        await CakeAsync(100);
        var rows = new List<string[]>();
        var ours = new Dictionary<int, (double Wall, double Processor)>();
        foreach (var size in Sizes)
        {
            cancellation.ThrowIfCancellationRequested();
            ours[size] = await MedianAsync(() => PipelineAsync(size), 5);
            // Cake's engine looks each task up in a list: a few rounds must do at this size.
            var cake = await MedianAsync(() => CakeAsync(size), size > 1_000 ? 1 : 3);
            rows.Add([size.ToString("#,0", CultureInfo.InvariantCulture), Text(ours[size].Wall), Text(ours[size].Processor), Text(cake.Wall), (ours[size].Wall / cake.Wall).ToString("0.000", CultureInfo.InvariantCulture)]);
        }

        var (small, large) = (ours[Sizes[0]].Processor, ours[Sizes[1]].Processor);
        var holds = large < Bound && large < 2 * small;
        return new(
            ["targets", "pipeline, a target", "of it processor time", "Cake's engine, a target", "ratio"],
            rows,
            string.Create(CultureInfo.InvariantCulture, $"{large:0.0} µs of processor time a target at {Sizes[1]:#,0} targets, {large / small:0.00} × that at {Sizes[0]:#,0}: {(holds ? "holds" : "does not hold")}."));
    }

    private static async Task<(double Wall, double Processor)> PipelineAsync(int size)
    {
        using var engine = EngineUnderTest.Pipeline();
        return await MeasureAsync(engine, size);
    }

    private static async Task<(double Wall, double Processor)> CakeAsync(int size)
    {
        using var engine = EngineUnderTest.OfCake();
        return await MeasureAsync(engine, size);
    }

    private static async Task<(double Wall, double Processor)> MeasureAsync(EngineUnderTest engine, int size)
    {
        var random = new Random(size);
        for (var index = 0; index < size; index++)
        {
            var task = engine.Engine.RegisterTask($"target{index}").Does(() => { });
            foreach (var dependency in Enumerable.Range(0, Math.Min(index, 3)).Select(_ => random.Next(index)).Distinct())
                task.IsDependentOn($"target{dependency}");
        }

        var all = engine.Engine.RegisterTask("all");
        for (var index = 0; index < size; index++)
            all.IsDependentOn($"target{index}");
        var settings = new ExecutionSettings();
        settings.SetTarget("all");
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await engine.Engine.RunTargetAsync(engine.Context, engine.Strategy, settings);
        var wall = clock.Elapsed;
        process.Refresh();
        return (wall.TotalMicroseconds / size, (process.TotalProcessorTime - processor).TotalMicroseconds / size);
    }

    private static async Task<(double Wall, double Processor)> MedianAsync(Func<Task<(double Wall, double Processor)>> measure, int rounds)
    {
        var times = new List<(double Wall, double Processor)>();
        for (var round = 0; round < rounds; round++)
            times.Add(await measure());
        return times.OrderBy(time => time.Wall).ElementAt(times.Count / 2);
    }

    private static string Text(double microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.0} µs");
}
