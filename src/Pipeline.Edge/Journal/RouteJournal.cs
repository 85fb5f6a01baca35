using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Edge.Administration;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Journal;

/// <summary>The routes on disk: the present ones in <c>routes.json</c>, the ones before in <c>routes.previous.json</c>.</summary>
internal sealed class RouteJournal(string directory, EdgeServices services)
{
    private readonly string current = Path.Combine(directory, "routes.json");
    private readonly string previous = Path.Combine(directory, "routes.previous.json");

    /// <summary>The time of the last change of the file, to see whether another worker wrote it.</summary>
    public DateTime LastWrite => File.GetLastWriteTimeUtc(current);

    /// <summary>The routes kept last; those before them, with a line in the log, when the last ones cannot be read; none when there are none.</summary>
    public RouteDocument Load()
    {
        try
        {
            return Read(current) ?? Fallback($"{current} is missing", silent: true);
        }
        catch (JournalException problem)
        {
            return Fallback(problem.Message, silent: false);
        }
    }

    /// <summary>Keeps the routes; when it returns they survive a loss of power.</summary>
    /// <exception cref="JournalException">They could not be written.</exception>
    public void Save(RouteDocument routes)
    {
        var document = new JournalDocument(JournalDocument.CurrentVersion, services.Time.GetUtcNow(), Checksum(routes), routes);
        try
        {
            if (IsReadable(current))
                DurableFile.Replace(previous, File.ReadAllBytes(current));
            DurableFile.Replace(current, JsonSerializer.SerializeToUtf8Bytes(document, EdgeJson.Readable.JournalDocument));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"routes: {current} cannot be written ({problem.Message}); make room or correct its permissions, the routes before stay in effect", problem);
        }
    }

    private RouteDocument Fallback(string problem, bool silent)
    {
        try
        {
            var kept = Read(previous);
            if (silent && kept is null)
                return RouteDocument.None;
            services.Log.Write(kept is null
                ? $"{problem}; there is no copy before it either: nothing is routed until routes are given"
                : $"{problem}; using the routes before it, from {previous}");
            return kept ?? RouteDocument.None;
        }
        catch (JournalException another)
        {
            services.Log.Write($"{problem}; {another.Message}: nothing is routed until routes are given");
            return RouteDocument.None;
        }
    }

    private static bool IsReadable(string path)
    {
        try
        {
            return Read(path) is not null;
        }
        catch (JournalException)
        {
            return false;
        }
    }

    private static RouteDocument? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), EdgeJson.Readable.JournalDocument)
                ?? throw new JournalException($"journal {path} holds null");
            if (document.Version != JournalDocument.CurrentVersion)
                throw new JournalException($"journal {path} has version {document.Version}; this program reads version {JournalDocument.CurrentVersion}");
            if (document.Routes is null || document.Checksum != Checksum(document.Routes))
                throw new JournalException($"journal {path} does not match its checksum");
            var faults = RouteValidation.Faults(document.Routes);
            return faults.Count == 0 ? document.Routes : throw new JournalException($"journal {path} is invalid: {string.Join("; ", faults)}");
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"journal {path} cannot be read ({problem.Message})", problem);
        }
    }

    private static string Checksum(RouteDocument routes) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(routes, EdgeJson.Compact.RouteDocument)));
}
