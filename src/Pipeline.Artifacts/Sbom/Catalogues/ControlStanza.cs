namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>The fields of one package in dpkg's database.</summary>
internal sealed class ControlStanza
{
    private static readonly char[] EndsOfName = [' ', '(', ':', '['];
    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A field's first line; empty when there is none.</summary>
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>The names of the packages that it needs; of alternatives, all.</summary>
    public IEnumerable<string> Needs => $"{this["Pre-Depends"]},{this["Depends"]}".Split(',', '|')
        .Select(dependency => dependency.Trim()).Where(dependency => dependency.Length > 0)
        .Select(dependency => dependency.IndexOfAny(EndsOfName) is > 0 and var end ? dependency[..end] : dependency);

    public static IEnumerable<ControlStanza> ReadAll(string text)
    {
        var stanza = new ControlStanza();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.Trim().Length > 0)
            {
                stanza.Take(line);
            }
            else if (stanza.fields.Count > 0)
            {
                yield return stanza;
                stanza = new ControlStanza();
            }
        }
    }

    public bool Has(string name) => this[name].Length > 0;

    private void Take(string line)
    {
        // Descriptions and lists of files go over several lines, each with a blank before it; none of them is needed.
        if (line[0] is not (' ' or '\t') && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            fields[line[..colon]] = line[(colon + 1)..].Trim();
    }
}
