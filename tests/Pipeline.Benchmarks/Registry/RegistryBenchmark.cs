using System.Diagnostics;
using System.Globalization;
using Pipeline.Testing.Docker;

namespace Pipeline.Benchmarks.Registry;

/// <summary>How long an image travels to a registry and back.</summary>
internal sealed class RegistryBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "registry";

    public string Title => "Registry: push and pull";

    public string Explanation =>
        "One image of a size that applications have, the .NET runtime's own files in one layer with a file that makes it new to the registry each time, to and from the same docker-registry. "
        + "Docker compresses what it pushes and unpacks what it pulls; layers are stored here as they are and unpacked where instances run from files. "
        + $"Medians of {Rounds} rounds; pushing, and pulling with the unpacking, are held to the time that `docker push` and `docker pull` need.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        await using var stage = new DockerStage();
        using var site = new RegistrySite(await stage.EngineAsync(), await stage.RegistryAsync());
        Dictionary<string, List<double>> times = [];
        var size = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var image = await site.BuildAsync(round, cancellation);
            size = image.Size;
            await MeasureAsync("push", () => site.PushAsync(image, cancellation));
            await MeasureAsync("docker push", () => site.PushByDockerAsync(round));
            await MeasureAsync("pull", () => site.PullAsync(image, cancellation));
            await MeasureAsync("pull and unpack", () => site.UnpackAsync(image, cancellation), times["pull"][^1]);
            await site.ForgetInDockerAsync();
            await MeasureAsync("docker pull", () => site.PullByDockerAsync(round));
        }

        var medians = times.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(Rounds / 2));
        return new(
            ["what", "median", "MB/s", "of Docker"],
            [.. medians.Select(pair => Row(pair.Key, pair.Value, size, medians[pair.Key.Contains("push", StringComparison.Ordinal) ? "docker push" : "docker pull"]))],
            string.Create(CultureInfo.InvariantCulture, $"An image of {size / 1e6:0} MB. push: {Verdict("push", "docker push")}; pull and unpack: {Verdict("pull and unpack", "docker pull")}."));

        string Verdict(string what, string peer) => medians[what] <= medians[peer] ? "holds" : "does not hold";

        async Task MeasureAsync(string what, Func<Task> work, double before = 0)
        {
            var clock = Stopwatch.StartNew();
            await work();
            if (!times.TryGetValue(what, out var list))
                times[what] = list = [];
            list.Add(before + clock.Elapsed.TotalMilliseconds);
        }
    }

    private static IReadOnlyList<string> Row(string what, double median, long size, double peer) =>
    [
        what,
        string.Create(CultureInfo.InvariantCulture, $"{median:#,0} ms"),
        string.Create(CultureInfo.InvariantCulture, $"{size / 1e3 / median:#,0}"),
        string.Create(CultureInfo.InvariantCulture, $"{median / peer:0.00}"),
    ];
}
