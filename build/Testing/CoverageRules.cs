using Build.Testing.Coverage;

namespace Build.Testing;

/// <summary>How much of each assembly tests must run.</summary>
internal static class CoverageRules
{
    /// <summary>Programs that tests run as processes of their own, where nobody counts lines: what counts in process is less than what is tested.</summary>
    private static readonly string[] Programs = ["Pipeline.Supervisor", "Pipeline.Edge", "Pipeline.Sandbox", "Shop"];

    public static CoverageThreshold For(int percent) => new(percent, Programs.ToDictionary(program => program, _ => 0d));
}
