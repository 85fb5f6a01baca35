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

    /// <summary>Whether a link at a path, followed by the letter, stays inside a folder.</summary>
    public static bool StaysInside(string folder, string path, string target)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.Any(char.IsControl))
            return false;
        var place = new List<string>(path.Split('/')[..^1]);
        foreach (var segment in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."))
        {
            if (segment != "..")
                place.Add(segment);
            else if (place.Count == 0)
                return false;
            else
                place.RemoveAt(place.Count - 1);
            // A way that leaves the folder and comes back is none that another machine would have.
            if (!IsInside(folder, string.Join('/', place)))
                return false;
        }
        return true;
    }

    /// <summary>Whether a path is a folder or in it; everything is in the empty one.</summary>
    public static bool IsInside(string folder, string path) =>
        folder.Length == 0 || path == folder || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/');

    /// <summary>The folders above a path, the nearest first.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }
}
