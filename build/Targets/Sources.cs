namespace Build.Targets;

/// <summary>The files that targets read.</summary>
internal static class Sources
{
    public const string Solution = "Pipeline.sln";

    public const string Migrations = "src/Shop/migrations";

    /// <summary>All that is compiled, linted or tested.</summary>
    public static ReadOnlySpan<string> Everything =>
        new[] { "src/**", "tests/**", "build/**", "build.sh", "build.ps1", "Directory.*", "global.json", ".editorconfig", "Pipeline.sln", ".env.*", ".github/**", "docs/**", "README.md" };
}
