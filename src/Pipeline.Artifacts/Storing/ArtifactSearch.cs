using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>What a person means by a digest, the beginning of one, or a version.</summary>
internal static class ArtifactSearch
{
    private const string Algorithm = "sha256:";
    private const int ShortestPrefix = 6;
    private const int Shown = 10;

    public static IReadOnlyList<ArtifactName> Find(IReadOnlyList<ArtifactName> all, string text)
    {
        var byVersion = all.Where(artifact => artifact.Version == text && text.Length > 0).ToArray();
        if (byVersion.Length > 0)
            return byVersion;
        var hex = text.StartsWith(Algorithm, StringComparison.Ordinal) ? text[Algorithm.Length..] : text;
        return hex.Length < ShortestPrefix ? [] : [.. all.Where(artifact => artifact.Digest.Hex.StartsWith(hex, StringComparison.Ordinal))];
    }

    public static DeliveryException Refusal(IReadOnlyList<ArtifactName> all, IReadOnlyList<ArtifactName> meant, string text, string root)
    {
        if (meant.Count > 1)
            return new DeliveryException($"'{text}' means {meant.Count} artifacts; give the digest of one:{Lines(meant)}");
        return all.Count == 0
            ? new DeliveryException($"artifact '{text}' is not in {root}, which is empty; run ./build.sh --target BuildImage, "
                + "or copy .pipeline/artifacts from the machine that built it")
            : new DeliveryException($"artifact '{text}' is not in {root}; give the digest (at least {ShortestPrefix} digits) or the version of one that is, "
                + $"or copy .pipeline/artifacts from the machine that built it:{Lines(all)}");
    }

    private static string Lines(IReadOnlyList<ArtifactName> artifacts) =>
        string.Concat(artifacts.Reverse().Take(Shown).Select(artifact => $"\n  {artifact.Digest}  {artifact.Version}"))
        + (artifacts.Count > Shown ? $"\n  and {artifacts.Count - Shown} older ones" : "");
}
