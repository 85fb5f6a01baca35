using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Targets.Fingerprints;

/// <summary>The inputs of a target at one moment, and the hash over them all.</summary>
internal sealed class Fingerprint
{
    internal Fingerprint(IEnumerable<InputPart> parts)
    {
        InputPart[] sorted = [.. parts.DistinctBy(part => (part.Kind, part.Name))];
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Kind, b.Kind) is not 0 and var byKind ? byKind : string.CompareOrdinal(a.Name, b.Name));
        var text = new StringBuilder();
        foreach (var (kind, name, value) in sorted)
            text.Append(kind).Append('\0').Append(name).Append('\0').Append(value).Append('\0');
        Parts = sorted;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    internal IReadOnlyList<InputPart> Parts { get; }

    internal string Hash { get; }

    /// <summary>What differs from the inputs of an earlier run, as a person reads it.</summary>
    internal IReadOnlyList<string> Changes(IReadOnlyDictionary<string, string> before)
    {
        var now = Parts.ToDictionary(part => part.Key, part => part.Value, StringComparer.Ordinal);
        return
        [
            .. from part in Parts
               let was = before.GetValueOrDefault(part.Key)
               where was != part.Value
               select part.Kind switch
               {
                   "file" when was is null => $"new input: {part.Name}",
                   "file" => $"input changed: {part.Name}",
                   "result" => $"result changed: {part.Name}",
                   _ when was is null => $"new {part.Kind}: {part.Name} {part.Value}",
                   _ => $"{part.Kind} changed: {part.Name} {was} -> {part.Value}",
               },
            .. before.Keys.Where(key => !now.ContainsKey(key)).Order(StringComparer.Ordinal)
                .Select(key => key.StartsWith("file:", StringComparison.Ordinal) ? $"input removed: {key[5..]}" : $"{key.Replace(":", " removed: ", StringComparison.Ordinal)}"),
        ];
    }
}
