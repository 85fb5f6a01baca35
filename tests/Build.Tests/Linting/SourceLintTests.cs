using Build.Linting;
using Build.Tests.Sources;
using Build.Tests.Testing;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Tests.Linting;

/// <summary>Compiles and checks a real solution with the real SDK.</summary>
public sealed class SourceLintTests
{
    [Fact]
    public void A_clean_solution_has_no_findings_and_a_bad_one_is_told_by_file_line_and_rule()
    {
        using var sample = new SampleSolution();
        var lint = new SourceLint(RealCake.Context(), sample.Root, "Sample.slnx");
        Assert.Empty(lint.Compile());
        Assert.Empty(lint.CheckFormat());

        sample.Write("src/Counting/Untidy.cs", "namespace Counting;\n\npublic static class Untidy\n{\n  public static int One => 1;\n}\n");
        sample.Write("src/Unused/Broken.cs", "namespace Unused;\n\npublic static class Broken\n{\n    public static string Text() { string? none = null; return none; }\n}\n");
        var compiled = lint.Compile();
        Assert.Equal(["src/Unused/Broken.cs(5,63): CS8603: Possible null reference return."], compiled.Select(finding => finding.ToString()));
        sample.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_sort_system_directives_first = true\n");
        sample.Write("src/Counting/Mixed.cs", "using System.Text;\nusing System.Collections;\n\nnamespace Counting;\n\npublic static class Mixed\n{\n    public static ICollection? None => null;\n    public static StringBuilder? Nothing => null;\n}\n");
        var all = lint.CheckFormat();
        Assert.Equal(new Finding("src/Counting/Mixed.cs", 1, 1, "IMPORTS", "Fix imports ordering.") { Tool = "formatter" }, Assert.Single(all, finding => finding.File == "src/Counting/Mixed.cs"));
        Finding[] formatted = [.. all.Where(finding => finding.File != "src/Counting/Mixed.cs")];
        Assert.Equal(new Finding("src/Counting/Untidy.cs", 5, 3, "WHITESPACE", "Fix whitespace formatting. Insert '\\s\\s'.") { Tool = "formatter" }, Assert.Single(formatted));
        Assert.Equal(
            "lint: 2 findings in 2 files; run dotnet format for the formatting and mend the rest:"
            + "\n  src/Unused/Broken.cs(5,63): CS8603: Possible null reference return."
            + "\n  src/Counting/Untidy.cs(5,3): WHITESPACE: Fix whitespace formatting. Insert '\\s\\s'.",
            Assert.Throws<DeliveryException>(() => SourceLint.RequireNone([.. compiled, .. formatted])).Message);
    }

    [Fact]
    public void A_failure_without_a_finding_is_no_clean_solution()
    {
        using var sample = new SampleSolution();
        sample.Write("global.json", """{"sdk":{"version":"1.0.0","rollForward":"disable"}}""");
        var refusal = Assert.Throws<DeliveryException>(() => new SourceLint(RealCake.Context(), sample.Root, "Sample.slnx").Compile());
        Assert.StartsWith("dotnet build Sample.slnx ended with ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(" and named no finding; it wrote last:\n", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_that_is_not_there_is_named()
    {
        using var sample = new SampleSolution();
        var refusal = Assert.Throws<DeliveryException>(() => new SourceLint(RealCake.Context(), sample.Root, "Missing.slnx").Compile());
        Assert.Equal($"solution Missing.slnx is not in {sample.Root}; name the one that is", refusal.Message);
    }

    [Theory]
    [InlineData("/repo/src/A.cs(3,14): error CA1822: Member 'X' does not use [this] [/repo/src/A.csproj]", "src/A.cs(3,14): CA1822: Member 'X' does not use [this]")]
    [InlineData("/repo/a b/A.cs(3,14,3,20): warning IDE0005: Using directive is unnecessary. (https://x.y/z) [/repo/A.csproj]", "a b/A.cs(3,14): IDE0005: Using directive is unnecessary. (https://x.y/z)")]
    [InlineData("/repo/src/A.csproj : error NU1015: no version [/repo/A.sln]", "src/A.csproj: NU1015: no version")]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.", "MSBUILD: MSB1009: Project file does not exist.")]
    [InlineData("CSC : error CS5001: Program does not contain a static 'Main' method [/repo/A.csproj]", "CSC: CS5001: Program does not contain a static 'Main' method")]
    [InlineData("Build FAILED.", null)]
    [InlineData("    0 Warning(s)", null)]
    [InlineData("    2 Error(s)", null)]
    public void A_line_that_a_tool_wrote_is_read(string line, string? finding) =>
        Assert.Equal(finding, new FindingReader("/repo", "compiler").Read([line, line]).SingleOrDefault()?.ToString());
}
