namespace Build.Targets;

/// <summary>The files that targets read.</summary>
internal static class Sources
{
    public const string Solution = "Pipeline.sln";

    public const string Migrations = "src/Shop/migrations";

    private static readonly string[] Compiled =
        ["src/**", "tests/**", "build/**", "Directory.*", "global.json", ".editorconfig", "Pipeline.sln", ".github/**"];

    private static readonly string[] Read = ["build.sh", "build.ps1", ".env.*", "docs/**", "README.md", ".ci/**"];

    /// <summary>What is compiled and linted.</summary>
    public static ReadOnlySpan<string> Code => Compiled;

    /// <summary>What tests read besides.</summary>
    public static ReadOnlySpan<string> Everything => (string[])[.. Compiled, .. Read];
}
