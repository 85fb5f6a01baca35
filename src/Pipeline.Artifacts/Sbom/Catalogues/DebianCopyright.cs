namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>
/// The short names of the licences in a machine-readable copyright file: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/. Older files are
/// prose for people, of which nothing is guessed.
/// </summary>
internal static class DebianCopyright
{
    private const string Field = "License:";

    public static IReadOnlyList<string> Licences(string copyright) =>
        copyright.Split('\n', 2)[0].Contains("copyright-format/1.0", StringComparison.Ordinal)
            ? [.. copyright.Split('\n').Where(line => line.StartsWith(Field, StringComparison.Ordinal)).Select(line => line[Field.Length..].Trim())
                .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : [];
}
