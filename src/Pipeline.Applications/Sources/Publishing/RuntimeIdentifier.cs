using System.Text.RegularExpressions;
using Pipeline.Targets;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>A system and a processor that an application is built for: https://learn.microsoft.com/dotnet/core/rid-catalog.</summary>
/// <param name="Name">As the SDK calls it, such as <c>linux-arm64</c>.</param>
/// <param name="OperatingSystem">As the image format calls the system, in Go's words.</param>
/// <param name="Architecture">As the image format calls the processor, in Go's words.</param>
public sealed partial record RuntimeIdentifier(string Name, string OperatingSystem, string Architecture)
{
    private static readonly Dictionary<string, string> Systems = new()
    {
        ["linux"] = "linux",
        ["linux-musl"] = "linux",
        ["osx"] = "darwin",
        ["win"] = "windows",
    };

    private static readonly Dictionary<string, string> Processors = new()
    {
        ["x64"] = "amd64",
        ["x86"] = "386",
        ["arm64"] = "arm64",
        ["arm"] = "arm",
        ["riscv64"] = "riscv64",
        ["s390x"] = "s390x",
        ["ppc64le"] = "ppc64le",
        ["loongarch64"] = "loong64",
    };

    /// <summary>Reads a list such as <c>linux-x64,win-arm64</c>: sorted, each once.</summary>
    /// <exception cref="MisuseException">One or more of the names are none, or there is no name; all are told at once.</exception>
    public static IReadOnlyList<RuntimeIdentifier> ParseList(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] words = [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Order(StringComparer.Ordinal)];
        string[] unknown = [.. words.Where(word => TryParse(word) is null)];
        if (words.Length == 0 || unknown.Length > 0)
        {
            throw new MisuseException(
                $"runtimes '{names}': {(words.Length == 0 ? "none is named" : $"{string.Join(", ", unknown)} is no runtime identifier")};"
                + $" write a system ({string.Join(", ", Systems.Keys)}), '-' and a processor ({string.Join(", ", Processors.Keys)}), as in linux-x64,win-arm64");
        }
        return [.. words.Select(word => TryParse(word)!)];
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    private static RuntimeIdentifier? TryParse(string name) =>
        Parts().Match(name) is { Success: true } parts
        && Systems.TryGetValue(parts.Groups["system"].Value, out var system) && Processors.TryGetValue(parts.Groups["processor"].Value, out var processor)
            ? new RuntimeIdentifier(name, system, processor)
            : null;

    [GeneratedRegex(@"\A(?<system>[a-z-]+)-(?<processor>[a-z0-9]+)\z")]
    private static partial Regex Parts();
}
