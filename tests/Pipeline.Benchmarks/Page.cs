using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pipeline.Benchmarks;

/// <summary><c>docs/benchmarks.md</c>, of which each benchmark owns the section between its two markers.</summary>
internal static class Page
{
    /// <summary>The folder of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Section(IBenchmark benchmark, BenchmarkTable table, string machine, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {benchmark.Title}\n\n{benchmark.Explanation}\n\n");
        text.Append(Row(table.Columns)).Append(Row([.. table.Columns.Select(_ => "---")]));
        foreach (var row in table.Rows)
            text.Append(Row(row));
        text.Append(CultureInfo.InvariantCulture, $"\n{table.Verdict}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Measured on {now:yyyy-MM-dd}: {machine}. Again: `dotnet run -c Release --project tests/Pipeline.Benchmarks -- {benchmark.Name}`\n");
        return text.ToString();
    }

    public static void Write(string name, string section)
    {
        var path = Path.Combine(Repository, "docs", "benchmarks.md");
        var page = File.Exists(path) ? File.ReadAllText(path) : "# Benchmarks\n\nEach table is written by its benchmark, beside a peer or a floor measured in the same run.\n";
        File.WriteAllText(path, Replace(page, $"<!-- {name} -->\n", $"<!-- /{name} -->\n", section));
    }

    private static string FindRepository([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));

    private static string Replace(string page, string begin, string end, string section)
    {
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : page.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? $"{page}\n{begin}{section}{end}" : string.Concat(page.AsSpan(0, from), begin, section, page.AsSpan(to));
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
