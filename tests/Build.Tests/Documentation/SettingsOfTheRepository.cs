using System.Text.RegularExpressions;

namespace Build.Tests.Documentation;

/// <summary>What docs/github.md tells people to set on GitHub is what the workflows read, no more and no less.</summary>
public sealed partial class SettingsOfTheRepository
{
    [Theory]
    [InlineData("vars", "variable")]
    [InlineData("secrets", "secret")]
    public void The_tables_name_what_the_workflows_read(string context, string heading)
    {
        var read = Directory.EnumerateFiles(Repository.File(".github", "workflows"), "*.yml").SelectMany(file => Read().Matches(File.ReadAllText(file)))
            .Where(match => match.Groups["context"].Value == context).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(read, Rows(heading).SelectMany(row => Name().Matches(row.Split('|')[1])).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rows(string heading) =>
        File.ReadLines(Repository.File("docs", "github.md")).SkipWhile(line => line != $"| {heading} | where | means |").Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex(@"\b(?<context>vars|secrets)\.(?<name>[A-Z0-9_]+)")]
    private static partial Regex Read();

    [GeneratedRegex("`(?<name>[A-Z0-9_]+)`")]
    private static partial Regex Name();
}
