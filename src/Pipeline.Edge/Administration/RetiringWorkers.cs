using System.Text.Json;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Administration;

/// <summary>
/// What workers that were told to stop still have in flight: each says so in a file <c>retiring-WORKER.json</c>, again and again until it ends,
/// so that the worker after it does not call a side drained too early.
/// </summary>
internal sealed class RetiringWorkers(string directory, string worker, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private readonly string unfinished = Path.Combine(directory, $"retiring-{worker}.tmp");
    private readonly string own = Path.Combine(directory, $"retiring-{worker}.json");

    public int InFlight(string colour) => Directory.EnumerateFiles(directory, "retiring-*.json").Where(file => file != own).Sum(file => Read(file, colour));

    public void Report(RouteBoard board)
    {
        var counts = board.Table.Backends.ToDictionary(backend => backend.Side.Colour, backend => backend.Side.InFlight.Count);
        // It need not survive anything: who reads it wants to know of a living process.
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(counts, EdgeJson.Compact.DictionaryStringInt32));
        File.Move(unfinished, own, overwrite: true);
    }

    public void Gone() => File.Delete(own);

    /// <summary>Takes away what workers left that were killed while they retired.</summary>
    public void ForgetKilled()
    {
        foreach (var file in Directory.EnumerateFiles(directory, "retiring-*").Where(file => !IsFresh(file)))
            File.Delete(file);
    }

    private bool IsFresh(string file) => time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) <= Fresh;

    private int Read(string file, string colour)
    {
        try
        {
            if (!IsFresh(file))
                return 0;
            var counts = JsonSerializer.Deserialize(File.ReadAllBytes(file), EdgeJson.Compact.DictionaryStringInt32);
            return counts?.GetValueOrDefault(colour) ?? 0;
        }
        catch (Exception problem) when (problem is FileNotFoundException or JsonException)
        {
            return 0;
        }
    }
}
