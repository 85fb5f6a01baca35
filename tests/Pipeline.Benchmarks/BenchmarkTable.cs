namespace Pipeline.Benchmarks;

/// <summary>A table of the page: columns, rows, and one sentence with the ratio and whether it holds.</summary>
internal sealed record BenchmarkTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Verdict)
{
    /// <summary>Whether all that is held to something keeps it.</summary>
    public bool Holds => !Verdict.Contains("does not hold", StringComparison.Ordinal);
}
