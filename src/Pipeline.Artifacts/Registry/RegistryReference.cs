using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry;

/// <summary>
/// An image in a registry: <c>host[:port]/name[:tag][@sha256:…]</c>. A digest is always the same bytes; a tag is what somebody last gave it to. Where both are
/// written, the digest counts and the tag is for people.
/// </summary>
public sealed partial record RegistryReference
{
    private RegistryReference(RegistryRepository repository, string? tag, Digest? digest)
    {
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Where it is.</summary>
    public RegistryRepository Repository { get; }

    /// <summary>The tag; null when none is written.</summary>
    public string? Tag { get; }

    /// <summary>The digest of its manifest or index; null when only a tag is written.</summary>
    public Digest? Digest { get; }

    /// <summary>An image by its digest.</summary>
    public static RegistryReference Of(RegistryRepository repository, Digest digest) => new(repository, null, digest);

    /// <summary>An image by its tag.</summary>
    /// <exception cref="DeliveryException">The text is no tag.</exception>
    public static RegistryReference Of(RegistryRepository repository, string tag) => Parse($"{repository}:{tag}");

    /// <summary>Reads a reference.</summary>
    /// <exception cref="DeliveryException">The text is none; the message says all that is wrong with it.</exception>
    public static RegistryReference Parse(string text)
    {
        var (repository, tag, digest) = Split(text);
        var faults = Faults(repository, tag, digest).ToArray();
        if (faults.Length > 0)
            throw new DeliveryException($"'{text}' is no image in a registry; write host[:port]/name:tag or host[:port]/name@sha256:…:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");
        return new RegistryReference(RegistryRepository.Parse(repository), tag, digest is null ? null : Delivery.Releases.Digest.Parse(digest));
    }

    /// <summary>Reads a reference, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RegistryReference? reference)
    {
        reference = null;
        if (text is null)
            return false;
        var (repository, tag, digest) = Split(text);
        if (!Faults(repository, tag, digest).Any())
            reference = Parse(text);
        return reference is not null;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    /// <summary>What a registry is asked for: the digest where there is one.</summary>
    internal string Identifier => Digest?.Value ?? Tag!;

    private static (string Repository, string? Tag, string? Digest) Split(string text)
    {
        string? digest = null;
        if (text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            (text, digest) = (text[..at], text[(at + 1)..]);
        var colon = text.LastIndexOf(':');
        return text.Contains('/', StringComparison.Ordinal) && colon > text.LastIndexOf('/')
            ? (text[..colon], text[(colon + 1)..], digest)
            : (text, null, digest);
    }

    private static IEnumerable<string> Faults(string repository, string? tag, string? digest)
    {
        foreach (var fault in RegistryRepository.Faults(repository))
            yield return fault;
        if (tag is not null && !TagShape().IsMatch(tag))
            yield return $"'{tag}' is no tag; use letters, digits and . - _, at most 128, not beginning with . or -";
        if (digest is not null && !Delivery.Releases.Digest.TryParse(digest, out _))
            yield return $"'{digest}' is no digest; write sha256: and 64 lower-case hexadecimal digits";
        if (tag is null && digest is null && repository.Contains('/', StringComparison.Ordinal))
            yield return "it has neither a tag nor a digest; add @sha256:… to mean always the same image";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex TagShape();
}
