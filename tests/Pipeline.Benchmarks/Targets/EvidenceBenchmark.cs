using System.Diagnostics;
using System.Globalization;
using Pipeline.Targets;
using Pipeline.Targets.Fingerprints;

namespace Pipeline.Benchmarks.Targets;

/// <summary>How long it takes to find that nothing has changed.</summary>
internal sealed class EvidenceBenchmark : IBenchmark
{
    private const int Files = 10_000;
    private const int Rounds = 15;
    private const double Bound = 150;

    public string Name => "evidence";

    public string Title => "Evidence check";

    public string Explanation =>
        $"The fingerprint of a git tree of {Files.ToString("#,0", CultureInfo.InvariantCulture)} unchanged files, taken anew each time as a new run does: listing, stat cache, glob, hash. "
        + $"`git status` answers the same question beside it; reading and hashing every file is what it costs without the cache. Medians of {Rounds} rounds; held to {Bound.ToString(CultureInfo.InvariantCulture)} ms.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            await FillAsync(root, cancellation);
            var state = Path.Combine(root, ".pipeline");
            var cold = Measure(() => Take(root, state));
            List<double> ours = [], git = [];
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Measure(() => Take(root, state)));
                git.Add(Measure(() => Git(root, "status", "--porcelain")));
            }

            var (median, peer) = (Median(ours), Median(git));
            return new(
                ["what", "median", "of git status"],
                [Row("evidence check, nothing changed", median, peer), Row("evidence check without a cache", cold, peer), Row("git status", peer, peer)],
                string.Create(CultureInfo.InvariantCulture, $"{median:0} ms, held to {Bound:0} ms: {(median < Bound ? "holds" : "does not hold")}."));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Take(string root, string state)
    {
        var reader = new InputReader(root, state, [], new([], new Dictionary<IParameter, object?>()), text => text);
        var fingerprint = reader.Read(new Inputs().Files("src/**/*.cs"), []);
        if (fingerprint.Parts.Count != Files)
            throw new InvalidOperationException($"the fingerprint has {fingerprint.Parts.Count} files instead of {Files}");
        reader.Save();
    }

    private static async Task FillAsync(string root, CancellationToken cancellation)
    {
        for (var file = 0; file < Files; file++)
        {
            var folder = Path.Combine(root, "src", $"area{file % 20}", $"part{file % 400}");
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"File{file}.cs"), string.Concat(Enumerable.Repeat($"internal sealed class Type{file};\n", 40)), cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(root, ".gitignore"), ".pipeline/\n", cancellation);
        Git(root, "init", "--quiet");
        Git(root, "add", "--all");
        Git(root, "-c", "user.name=Benchmark", "-c", "user.email=benchmark@localhost", "commit", "--quiet", "--message", "files");
        // Files that were written just now are not trusted yet, by git neither.
        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        Git(root, "status", "--porcelain");
    }

    private static void Git(string root, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = root, RedirectStandardOutput = true })!;
        git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}");
    }

    private static double Measure(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string[] Row(string what, double time, double peer) =>
        [what, string.Create(CultureInfo.InvariantCulture, $"{time:0} ms"), (time / peer).ToString("0.00", CultureInfo.InvariantCulture)];
}
