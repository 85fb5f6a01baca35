using System.Diagnostics;
using System.Globalization;
using Pipeline.Testing.Docker;

namespace Pipeline.Benchmarks.Images;

/// <summary>Building the image of the Shop upon a base, beside docker build.</summary>
internal sealed class ImageBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double Bound = 1.0;

    public string Name => "images";

    public string Title => "Image: nothing changed, one line changed";

    public string Explanation =>
        "The Shop upon the base image (Debian and the .NET runtime, 196 MB), built by the layered builder and by `docker build` of a Dockerfile that copies the same published files upon the "
        + "same base, which the engine has already. With nothing changed, docker looks at its cache; beside it are the store "
        + "that hashes every byte of the artifact, the store that remembers what it hashed, and what a user waits for: `./build.sh --target BuildImage` whose evidence holds. With one file changed, both make a new layer; docker "
        + "sends its context first. The last row is the whole target with one line of the sources changed: copying the sources, `dotnet publish` and the image. "
        + $"{Rounds} rounds in which each has its turn; medians. With one file changed the builder may take at most as long as `docker build`.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        await using var stage = new DockerStage();
        await stage.InitializeAsync();
        using var site = new ImageSite(await stage.EngineAsync(), CakeParts.Context());
        await site.PrepareAsync(cancellation);
        var artifact = await site.PackAsync(cancellation);
        await site.BuildByDockerAsync();
        var rows = new List<(string What, List<double> Times)>
        {
            ("nothing changed: every byte hashed", []), ("nothing changed: hashes remembered", []),
            ("nothing changed: ./build.sh --target BuildImage", []), ("nothing changed: docker build", []),
            ("one file changed: layered builder", []), ("one file changed: docker build", []),
            ("one line changed: from sources to image", []),
        };
        await ImageSite.Door.PrepareAsync(cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            rows[0].Times.Add(await MeasureAsync(() => site.HashAsync(artifact, cancellation)));
            rows[1].Times.Add(await MeasureAsync(() => site.VerifyAsync(artifact, cancellation)));
            rows[2].Times.Add(await ImageSite.Door.MeasureAsync(cancellation));
            rows[3].Times.Add(await MeasureAsync(site.BuildByDockerAsync));
            site.ChangeFile();
            rows[4].Times.Add(await MeasureAsync(async () => artifact = await site.PackAsync(cancellation)));
            rows[5].Times.Add(await MeasureAsync(site.BuildByDockerAsync));
            await site.ChangeLineAsync();
            rows[6].Times.Add(await MeasureAsync(() => site.BuildAsync(cancellation)));
        }
        var ratio = Median(rows[4].Times) / Median(rows[5].Times);
        return new BenchmarkTable(
            ["what", "median", "least", "most"],
            [.. rows.Select(row => (IReadOnlyList<string>)[row.What, Text(Median(row.Times)), Text(row.Times.Min()), Text(row.Times.Max())])],
            string.Create(CultureInfo.InvariantCulture, $"Ratio {ratio:0.00}, held to {Bound:0.00}: {(ratio <= Bound ? "holds" : "does not hold")}."));
    }

    private static async Task<double> MeasureAsync(Func<Task> run)
    {
        var clock = Stopwatch.StartNew();
        await run();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(Rounds / 2);

    private static string Text(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");
}
