using System.Globalization;

namespace Pipeline.Artifacts.Budgets;

/// <summary>Writes a report as a table for people.</summary>
internal static class SizeTable
{
    private const double Kilobyte = 1000;

    public static string Render(SizeReport report)
    {
        var compared = report.ComparedWith is { } last ? $"since {(last.Version.Length > 0 ? last.Version : last.Digest.Abbreviated)}" : "no release to compare with";
        IReadOnlyList<string> header = ["part", "size", "budget", compared];
        var rows = report.Budgets.Select(Cells).ToList();
        if (report.Files.Count > 0)
            rows.AddRange(report.Files.Select(Cells).Prepend(["files that grew", "", "", ""]));
        var widths = Enumerable.Range(0, header.Count).Select(column => rows.Append(header).Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Prepend(header).Select(row => Line(row, widths)));
    }

    private static IReadOnlyList<string> Cells(SizeRow row) =>
        [row.Limit is null ? $"  {row.Name}" : row.Name, Size(row.Bytes), row.Limit is { } limit ? $"{Size(limit)}{(row.IsExceeded ? " ✗" : "  ")}" : "", Growth(row)];

    private static string Line(IReadOnlyList<string> row, int[] widths) =>
        $"  {row[0].PadRight(widths[0])}  {row[1].PadLeft(widths[1])}  {row[2].PadLeft(widths[2])}  {row[3].PadLeft(widths[3])}".TrimEnd();

    private static string Growth(SizeRow row) => row.Growth switch
    {
        null => "",
        0 => "same",
        > 0 and var more when row.Before == 0 => $"new, +{Size(more)}",
        > 0 and var more => $"+{Size(more)}",
        { } less => $"-{Size(-less)}",
    };

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (Kilobyte * Kilobyte):0.00} MB"),
    };
}
