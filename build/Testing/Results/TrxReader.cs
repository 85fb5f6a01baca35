using System.Xml;
using System.Xml.Linq;
using Pipeline.Delivery;

namespace Build.Testing.Results;

/// <summary>Reads a results file of VSTest.</summary>
public static class TrxReader
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <exception cref="DeliveryException">The file is missing or malformed: the tests did not end by themselves.</exception>
    public static TestOutcome Read(string project, string file)
    {
        if (!File.Exists(file))
            throw new DeliveryException($"tests of {project}: {file} was not written, so they did not run to their end; run dotnet test tests/{project} and see why");
        try
        {
            var results = XDocument.Load(file).Descendants(Trx + "UnitTestResult").ToArray();
            return new TestOutcome(project, results.Count(result => Outcome(result) == "Passed"), Notes(results, IsFailure), Notes(results, IsSkip));
        }
        catch (XmlException malformed)
        {
            throw new DeliveryException($"tests of {project}: {file} is cut off ({malformed.Message}); run dotnet test tests/{project} and see why", malformed);
        }
    }

    private static IReadOnlyList<TestNote> Notes(IEnumerable<XElement> results, Func<string, bool> wanted) =>
        [.. results.Where(result => wanted(Outcome(result))).Select(Note).OrderBy(note => note.Test, StringComparer.Ordinal)];

    private static bool IsSkip(string outcome) => outcome is "NotExecuted" or "Inconclusive";

    private static bool IsFailure(string outcome) => outcome != "Passed" && !IsSkip(outcome);

    private static string Outcome(XElement result) => (string?)result.Attribute("outcome") ?? "Failed";

    private static TestNote Note(XElement result)
    {
        var error = result.Element(Trx + "Output")?.Element(Trx + "ErrorInfo");
        var text = string.Join('\n', new[] { error?.Element(Trx + "Message")?.Value, error?.Element(Trx + "StackTrace")?.Value }.OfType<string>());
        return new TestNote((string?)result.Attribute("testName") ?? "(a test without a name)", text.Length > 0 ? text : result.Element(Trx + "Output")?.Element(Trx + "StdOut")?.Value.Trim() ?? "");
    }
}
