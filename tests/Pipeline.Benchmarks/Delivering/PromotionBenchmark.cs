using System.Diagnostics;
using System.Globalization;
using Pipeline.Delivery.Releases;
using Pipeline.Testing.Docker;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>Whether a promotion takes longer with a large image, where only its digest has to move.</summary>
internal sealed class PromotionBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const long Small = 20L << 20;
    private const long Large = 2L << 30;
    private const double Bound = 1.25;

    public string Name => "promotion";

    public string Title => "Promotion: 20 MB and 2 GB";

    public string Explanation =>
        "Staging and production in containers on one Docker host, which has the image since it was on staging. The Shop with 20 MB and with 2 GB of data that "
        + "nobody can compress in a layer of its own is promoted in turn, each time from the other one. Only the digest moves: the whole promotion may take at most "
        + $"{Bound} times as long with the large image. A production on a host of its own pulls what it lacks first, before the lock, which takes as long as the network does and is not measured here. What was hashed on this machine once is not hashed again while nobody touches it. A second of watching is in "
        + $"the steps. Medians of {Rounds} rounds.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        await using var docker = new DockerStage();
        await docker.InitializeAsync();
        await using var stage = await DeliveryStage.OnDockerAsync(await docker.EngineAsync());
        var sizes = new[] { new Size("20 MB", await PrepareAsync(stage, "1.0.0", Small, cancellation)), new Size("2 GB", await PrepareAsync(stage, "2.0.0", Large, cancellation)) };
        // The first round brings production up.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var size in sizes)
            {
                var sample = await MeasureAsync(stage, size.Release, cancellation);
                if (round > 0)
                    size.Samples.Add(sample);
            }
        }
        return Table(sizes[0], sizes[1]);
    }

    private static async Task<Release> PrepareAsync(DeliveryStage stage, string version, long more, CancellationToken cancellation)
    {
        var release = await stage.BuildAsync(version, more, cancellation);
        await stage.RehearseAsync(release, cancellation);
        return release;
    }

    private static async Task<Sample> MeasureAsync(DeliveryStage stage, Release release, CancellationToken cancellation)
    {
        stage.Steps.Take();
        var clock = Stopwatch.StartNew();
        await stage.PromoteAsync(release, cancellation);
        var whole = clock.Elapsed.TotalMilliseconds;
        return new Sample(whole, stage.Steps.Take().Values.Sum());
    }

    private static BenchmarkTable Table(Size small, Size large)
    {
        var ratio = Median(large, sample => sample.Whole) / Median(small, sample => sample.Whole);
        return new BenchmarkTable(
            ["milliseconds", small.Name, large.Name],
            [
                Row("steps on the host", small, large, sample => sample.Steps),
                Row("before them: artifact, lock, gates", small, large, sample => sample.Whole - sample.Steps),
                Row("whole promotion", small, large, sample => sample.Whole),
            ],
            string.Create(CultureInfo.InvariantCulture, $"Promotion of {large.Name}: {ratio:0.00} of that of {small.Name}, held to {Bound}: {(ratio <= Bound ? "holds" : "does not hold")}."));
    }

    private static string[] Row(string what, Size small, Size large, Func<Sample, double> value) =>
        [what, .. new[] { small, large }.Select(size => Median(size, value).ToString("0", CultureInfo.InvariantCulture))];

    private static double Median(Size size, Func<Sample, double> value) => size.Samples.Select(value).Order().ElementAt(size.Samples.Count / 2);

    private sealed record Size(string Name, Release Release)
    {
        public List<Sample> Samples { get; } = [];
    }

    private sealed record Sample(double Whole, double Steps);
}
