using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Pipeline.Delivery;

namespace Build.Testing.Coverage;

/// <summary>Lays the reports of several test runs on each other: a line counts when any of them went through it.</summary>
public static class CoberturaReader
{
    /// <summary>The coverage of the named assemblies, in their order; one that no report knows has no lines.</summary>
    /// <exception cref="DeliveryException">A report is malformed.</exception>
    public static IReadOnlyList<AssemblyCoverage> Merge(IEnumerable<string> reports, IEnumerable<string> assemblies)
    {
        var hits = new Dictionary<string, Dictionary<(string File, int Line), bool>>(StringComparer.Ordinal);
        foreach (var report in reports)
            Add(report, hits);
        return [.. assemblies.Select(assembly => hits.TryGetValue(assembly, out var lines)
            ? new AssemblyCoverage(assembly, lines.Values.Count(hit => hit), lines.Count)
            : new AssemblyCoverage(assembly, Covered: 0, Lines: 0))];
    }

    private static void Add(string report, Dictionary<string, Dictionary<(string File, int Line), bool>> hits)
    {
        var document = Load(report);
        var source = document.Descendants("source").FirstOrDefault()?.Value ?? "";
        foreach (var package in document.Descendants("package"))
        {
            var assembly = (string?)package.Attribute("name") ?? "";
            if (!hits.TryGetValue(assembly, out var lines))
                hits[assembly] = lines = [];
            foreach (var type in package.Descendants("class"))
            {
                // A report names files relative to what they have in common, which is another folder in every report.
                var file = Path.Combine(source, (string?)type.Attribute("filename") ?? "");
                if (IsGenerated(file))
                    continue;
                foreach (var line in type.Elements("lines").Elements("line"))
                {
                    var place = (file, Number(line, "number"));
                    lines[place] = Number(line, "hits") > 0 || lines.GetValueOrDefault(place);
                }
            }
        }
    }

    private static bool IsGenerated(string file) => file.Split('/', '\\').Contains("obj");

    private static int Number(XElement element, string name) =>
        int.TryParse((string?)element.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private static XDocument Load(string report)
    {
        try
        {
            // Cobertura's reports name a document type on the network; it is not fetched.
            using var reader = XmlReader.Create(report, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException malformed)
        {
            throw new DeliveryException($"coverage report {report} is malformed: {malformed.Message} Run the tests again", malformed);
        }
    }
}
