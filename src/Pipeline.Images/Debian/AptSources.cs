namespace Pipeline.Images.Debian;

/// <summary>
/// Where this machine gets its packages from, in both formats of https://manpages.debian.org/bookworm/apt/sources.list.5.en.html. An image is made from the same
/// places: a site without internet has its own mirror there already.
/// </summary>
internal static class AptSources
{
    private const string Component = "main";

    /// <summary>The sources of a suite and of its updates and security updates, the suite itself first.</summary>
    /// <param name="folder">Normally <c>/etc/apt</c>.</param>
    /// <param name="suite">The name of the release: <c>bookworm</c>.</param>
    public static IReadOnlyList<AptSource> Read(string folder, string suite)
    {
        var parts = Path.Combine(folder, "sources.list.d");
        var lists = new[] { Path.Combine(folder, "sources.list") }.Where(File.Exists).Concat(Files(parts, "*.list")).SelectMany(File.ReadLines).Select(OfLine);
        var paragraphs = Files(parts, "*.sources").SelectMany(file => OfParagraphs(File.ReadAllText(file)));
        return [.. lists.OfType<AptSource>().Concat(paragraphs)
            .Where(source => source.Suite == suite || source.Suite == $"{suite}-updates" || source.Suite == $"{suite}-security")
            .Where(source => source.Components.Split(' ').Contains(Component))
            .Select(source => source with { Components = Component })
            .Distinct().OrderBy(source => source.Suite, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];

    private static AptSource? OfLine(string line)
    {
        var options = line.IndexOf('[', StringComparison.Ordinal);
        if (options >= 0 && line.IndexOf(']', options) is var end and > 0)
            line = line[..options] + line[(end + 1)..];
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 4 && words[0] == "deb" ? new AptSource(words[1], words[2], string.Join(' ', words[3..])) : null;
    }

    private static IEnumerable<AptSource> OfParagraphs(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#'));
        foreach (var paragraph in string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = Fields(paragraph);
            if (!Words("Types").Contains("deb") || Words("Enabled").Contains("no"))
                continue;
            foreach (var address in Words("URIs"))
            {
                foreach (var suite in Words("Suites"))
                    yield return new AptSource(address, suite, string.Join(' ', Words("Components")));
            }

            string[] Words(string field) => fields.GetValueOrDefault(field, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>A line that begins with white space goes on with the field before it.</summary>
    private static Dictionary<string, string> Fields(string paragraph)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var name = "";
        foreach (var line in paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsWhiteSpace(line[0]))
                fields[name] = fields.GetValueOrDefault(name, "") + " " + line.Trim();
            else if (line.Split(':', 2) is [var field, var value])
                fields[name = field.Trim()] = value.Trim();
        }
        return fields;
    }
}
