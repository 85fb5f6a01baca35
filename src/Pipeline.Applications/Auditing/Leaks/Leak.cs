using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>Something that looks like a secret, in a file or in a commit.</summary>
/// <param name="Place">Where: <c>src/a.cs:12</c>, with the commit before it where it is not in the present tree.</param>
/// <param name="Kind">What it looks like: <c>GitHub token</c>.</param>
/// <param name="Id">Tells this secret from others without telling it: the beginning of its SHA-256. The same in every place.</param>
/// <param name="Shown">So much of it as may be shown.</param>
public sealed record Leak(string Place, string Kind, string Id, string Shown)
{
    private const int ShownCharacters = 4;
    private const int IdDigits = 16;

    internal static Leak Of(string place, string kind, string secret) => new(
        place, kind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..IdDigits],
        string.Create(CultureInfo.InvariantCulture, $"{secret[..Math.Min(ShownCharacters, secret.Length / 4)]}… of {secret.Length} characters"));

    /// <inheritdoc />
    public override string ToString() =>
        $"{Place}: {Kind} {Shown}; make it invalid where it was issued and remove it, or allow {Id} with the reason why it is none";
}

/// <summary>Something that looks like a secret and is none.</summary>
/// <param name="Id">The id that the finding names.</param>
/// <param name="Reason">Why it is none.</param>
public sealed record AllowedLeak(string Id, string Reason);
