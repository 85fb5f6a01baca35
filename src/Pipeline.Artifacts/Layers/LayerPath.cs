using System.Text;

namespace Pipeline.Artifacts.Layers;

/// <summary>Brings an entry's name to one form, and refuses what could leave the folder that it is unpacked into.</summary>
internal static class LayerPath
{
    /// <exception cref="InvalidDataException">The name is absolute, has a <c>..</c> in it, or means something else on another system.</exception>
    public static string Normalize(string name)
    {
        if (name.StartsWith('/'))
            throw new InvalidDataException($"entry '{name}' has an absolute path");
        if (name.Contains('\\', StringComparison.Ordinal) || name.Any(char.IsControl) || (OperatingSystem.IsWindows() && name.Contains(':', StringComparison.Ordinal)))
            throw new InvalidDataException($"entry '{name}' has a character in its path that is not allowed there");
        if (Encoding.UTF8.GetByteCount(name) > LayerLimits.PathBytes)
            throw new InvalidDataException($"entry '{name[..60]}…' has a path of more than {LayerLimits.PathBytes} bytes");
        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        return segments.Contains("..")
            ? throw new InvalidDataException($"entry '{name}' leaves the image by '..'")
            : string.Join('/', segments);
    }

    /// <summary>The folders above a path, the nearest first.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }
}
