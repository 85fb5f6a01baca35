using System.Globalization;

namespace Pipeline.Benchmarks.Startup;

/// <summary>A warm <c>./build.sh</c> with nothing to do, beside <c>dotnet run</c> of a hello-world Frosting build.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    private const int Rounds = 9;
    private const double Bound = 0.15;

    public string Name => "startup";

    public string Title => "Startup";

    public string Explanation =>
        $"A warm `./build.sh --target Compile` of this repository, whose evidence holds (some hundred files are looked at, nothing is compiled), and `./build.sh --list`, "
        + "against `dotnet run` of a Frosting program with a single task that says hello, which is "
        + $"how a Frosting build is usually started; both were run before. The floor is `dotnet` with a program that returns at once. "
        + $"{Rounds} rounds in which each has its turn; medians. The launcher may take at most {Bound.ToString(CultureInfo.InvariantCulture)} of the time of `dotnet run`.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        using var hello = await HelloWorld.CreateAsync(cancellation);
        var root = Page.Repository;
        List<Command> commands =
        [
            new("dotnet run, hello world", "dotnet", ["run"], hello.Folder),
            new("./build.sh --target Compile", "/bin/bash", [Path.Combine(root, "build.sh"), "--target", "Compile"], root) { Says = "unchanged since" },
            new("./build.sh --list", "/bin/bash", [Path.Combine(root, "build.sh"), "--list"], root) { Says = "PromoteProduction" },
            new("the compiled hello world alone", "dotnet", [hello.Program], hello.Folder),
            new("floor: an empty program", "dotnet", [hello.EmptyProgram], hello.Folder),
        ];
        var times = commands.ToDictionary(command => command, _ => new List<double>());
        foreach (var command in commands)
        {
            await command.PrepareAsync(cancellation);
            await command.MeasureAsync(cancellation);
        }
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var command in commands)
                times[command].Add(await command.MeasureAsync(cancellation));
        }
        var peer = Median(times[commands[0]]);
        var ratio = Median(times[commands[1]]) / peer;
        return new BenchmarkTable(
            ["what", "median", "least", "most", "of dotnet run"],
            [.. commands.Select(command => Row(command.What, times[command], peer))],
            string.Create(CultureInfo.InvariantCulture, $"Ratio {ratio:0.000}, held to {Bound}: {(ratio <= Bound ? "holds" : "does not hold")}."));
    }

    private static string[] Row(string what, List<double> times, double peer) =>
        [what, Milliseconds(Median(times)), Milliseconds(times.Min()), Milliseconds(times.Max()), (Median(times) / peer).ToString("0.000", CultureInfo.InvariantCulture)];

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
