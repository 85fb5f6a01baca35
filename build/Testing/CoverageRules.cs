using Build.Testing.Coverage;

namespace Build.Testing;

/// <summary>How much of each assembly tests must run.</summary>
internal static class CoverageRules
{
    /// <summary>
    /// Programs, and what build programs are made of, that tests also start as processes of their own, where nobody counts lines: what counts in process is less than
    /// what is tested.
    /// </summary>
    private static readonly Dictionary<string, double> Programs = new() { ["Pipeline.Applications"] = 50, ["Pipeline.Edge"] = 60, ["Pipeline.Sandbox"] = 25, ["Shop"] = 0 };

    public static CoverageThreshold For(int percent) => new(percent, Programs);
}
