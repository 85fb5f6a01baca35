using System.Text.Json;
using Pipeline.Edge.Journal;

namespace Pipeline.Edge.Administration;

/// <summary>Where the local sockets of an edge are, as its folder says.</summary>
/// <param name="Worker">The worker that answers there.</param>
/// <param name="Control">HTTP and JSON for orders.</param>
/// <param name="Private">HTTP to one side, picked by the <c>Pipeline-Backend</c> header.</param>
/// <param name="Network">The network namespace in which the worker listens for users; null when its system has none.</param>
internal sealed record SocketPaths(string Worker, string Control, string Private, string? Network = null)
{
    /// <summary>The paths recorded in the folder; null when no edge ran there yet.</summary>
    public static SocketPaths? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Location(directory)), EdgeJson.Compact.SocketPaths);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(string directory) =>
        DurableFile.Replace(Location(directory), JsonSerializer.SerializeToUtf8Bytes(this, EdgeJson.Readable.SocketPaths));

    private static string Location(string directory) => Path.Combine(directory, "sockets.json");
}
