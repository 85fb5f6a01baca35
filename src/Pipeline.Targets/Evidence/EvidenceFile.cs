using System.Text.Json;
using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets.Evidence;

/// <summary>Evidence as a file that another machine can use: relative paths, content hashes, nothing of this machine that counts.</summary>
internal static class EvidenceFile
{
    /// <summary>Raised with every change that an older program could misread.</summary>
    internal const int Schema = 1;

    internal static void Write(string path, EvidenceRecord record) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        json.WriteString("target", record.Target);
        json.WriteString("fingerprint", record.Fingerprint);
        json.WriteString("finishedAt", record.FinishedAt.ToUniversalTime());
        json.WriteNumber("seconds", Math.Round(record.Duration.TotalSeconds, 3));
        json.WriteString("who", record.Who);
        json.WriteString("where", record.Where);
        json.WriteString("commit", record.Commit);
        json.WritePropertyName("result");
        record.Result.WriteTo(json);
        json.WriteStartObject("inputs");
        foreach (var (key, value) in record.Parts)
            json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no evidence that this program understands; the message says why.</exception>
    internal static EvidenceRecord Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var schema = root.GetProperty("schema").GetInt32();
            if (schema > Schema)
                throw new FormatException($"it has schema {schema}, but this program reads up to {Schema}; a newer program wrote it");
            return new(
                root.GetProperty("target").GetString()!,
                root.GetProperty("fingerprint").GetString()!,
                root.GetProperty("inputs").EnumerateObject().ToDictionary(part => part.Name, part => part.Value.GetString()!, StringComparer.Ordinal),
                root.GetProperty("result").Clone(),
                root.GetProperty("finishedAt").GetDateTimeOffset(),
                TimeSpan.FromSeconds(root.GetProperty("seconds").GetDouble()),
                root.GetProperty("who").GetString()!,
                root.GetProperty("where").GetString()!,
                root.GetProperty("commit").GetString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"it cannot be read ({exception.Message})", exception);
        }
    }
}
