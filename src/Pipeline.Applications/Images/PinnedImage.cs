using System.Text.RegularExpressions;

namespace Pipeline.Applications.Images;

/// <summary>The name of an image that means the same tomorrow: by digest, as a registry has it, or by the id that a host gave it.</summary>
public static partial class PinnedImage
{
    /// <summary>Reads <c>postgres:17@sha256:…</c> or <c>sha256:…</c>, as <c>docker images --no-trunc</c> shows it.</summary>
    /// <exception cref="FormatException">It names no image, or one by tag, which hosts would not pull again either when it means another one.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Pinned().IsMatch(text)
            ? text
            : throw new FormatException("names an image, but not which one for good: a tag may mean another tomorrow; write name@sha256:…, or the id of an image that the hosts have, sha256:…");
    }

    [GeneratedRegex(@"^([^\s@]+@)?sha256:[0-9a-f]{64}\z")]
    private static partial Regex Pinned();
}
