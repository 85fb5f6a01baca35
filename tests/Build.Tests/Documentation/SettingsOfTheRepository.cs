using System.Text.RegularExpressions;
using Build.Diagnosis.OnGitHub;
using Build.Environments;
using Build.Workflows;

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

        Assert.Equal(read, Names(heading));
    }

    [Theory]
    [InlineData(SettingKind.Variable, "variable")]
    [InlineData(SettingKind.Secret, "secret")]
    public void Doctor_looks_for_all_that_the_tables_name(SettingKind kind, string heading)
    {
        var looked = new[] { Staging.Name, Production.Name }.SelectMany(NeededSettings.Of).Where(setting => setting.Kind == kind).Select(setting => setting.Name).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(looked, Names(heading));
    }

    [Fact]
    public void What_need_not_be_set_is_read_by_some_job()
    {
        var names = Names("variable").Concat(Names("secret")).ToArray();

        Assert.All(ShopVariables.Optional.Keys, name => Assert.Contains(name, names));
    }

    private static IEnumerable<string> Names(string heading) =>
        Rows(heading).SelectMany(row => Name().Matches(row.Split('|')[1])).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Rows(string heading) =>
        File.ReadLines(Repository.File("docs", "github.md")).SkipWhile(line => line != $"| {heading} | where | means |").Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex(@"\b(?<context>vars|secrets)\.(?<name>[A-Z0-9_]+)")]
    private static partial Regex Read();

    [GeneratedRegex("`(?<name>[A-Z0-9_]+)`")]
    private static partial Regex Name();
}
