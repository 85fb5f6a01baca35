using System.Text.RegularExpressions;

namespace Build.Tests.Architecture;

/// <summary>The table of rooms in docs/architecture.md: who may know whom.</summary>
internal static partial class KnowsTable
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read() => File.ReadLines(Repository.File("docs", "architecture.md"))
        .Select(line => Row().Match(line)).Where(row => row.Success)
        .ToDictionary(row => row.Groups["room"].Value, row => (IReadOnlyList<string>)row.Groups["knows"].Value.Split(", "));

    [GeneratedRegex(@"^\| `(?<room>src/[A-Za-z.]+|build)` \| .* \| (?<knows>[A-Za-z., ]+) \|$")]
    private static partial Regex Row();
}
