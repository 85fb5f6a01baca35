using System.Text;
using Pipeline.GitHub.Workflows;

namespace Pipeline.GitHub.Tests.Workflows;

/// <summary>No file in the folder of workflows stops the rules: what is no workflow is a finding.</summary>
public sealed class WhateverIsWritten
{
    // All words that a rule looks for, so that each meets shapes that it does not expect.
    private static readonly string[] Keys =
    [
        "on", "permissions", "jobs", "env", "concurrency", "cancel-in-progress", "steps", "uses", "with", "run", "shell", "name", "cache", "cache-from", "script", "persist-credentials", "overwrite",
        "environment", "url", "deployment", "strategy", "matrix", "secrets", "timeout-minutes", "pull_request", "pull_request_target", "id-token", "one", "",
    ];

    private static readonly string[] Values =
    [
        "actions/cache@v1", "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", "actions/upload-artifact@v4", "actions/setup-go", "docker://x", "./local", "'@'", "write", "write-all", "inherit", "true",
        "'${{ toJSON(secrets) }}'", "'${{ secrets['", "\"${{ '\"", "push", "pull_request", "9999999999999", "~", "''", "!!binary x", "!<tag:x> y", "&a 1", "*a", "[]", "{}", "{? {a: b} : c}", "? [a]", "|\n\n",
    ];

    [Fact]
    public void Rules_and_pins_are_read_of_workflows_of_any_shape()
    {
        var (judged, broken) = (0, 0);
        foreach (var seed in Enumerable.Range(0, 2000))
        {
            var text = new Shape(seed).Write();
            var findings = WorkflowRules.Check("any.yml", text);
            Assert.All(findings, finding => Assert.InRange(finding.Line, 1, int.MaxValue));
            ActionPins.Read([("any.yml", text)]);
            _ = findings is [{ Message: var message }] && message.StartsWith("is no YAML", StringComparison.Ordinal) ? broken++ : judged++;
        }
        // Half of them are YAML: else nothing of the rules would be tried.
        Assert.InRange(judged, 800, 2000);
        Assert.InRange(broken, 100, 2000);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("")]
    [InlineData("\ufeff")]
    [InlineData("a: \"\\UFFFFFFFF\"")]
    [InlineData("a: \"\\uD800\"")]
    [InlineData("%YAML 9.9\n---\na: b")]
    [InlineData("a: b\n---\nc: d")]
    [InlineData("jobs: {one: {steps: [{uses: [a, b]}, {uses: {a: b}}], permissions: {contents: write}}}")]
    [InlineData("? &a [*a]\n: b")]
    [InlineData("jobs: &a\n  one: *a")]
    [InlineData("a: *nobody")]
    [InlineData("{a: b, a: c}")]
    public void Nothing_stops_them(string text)
    {
        Assert.NotEmpty(WorkflowRules.Check("any.yml", text));
        Assert.Empty(ActionPins.Read([("any.yml", text)]).Disagreements);
    }

    [Fact]
    public void What_is_too_deep_or_too_large_is_said_at_once()
    {
        var deep = $"a: {new string('[', 50_000)}";
        var large = new StringBuilder("a0: &a0 x\n");
        foreach (var level in Enumerable.Range(1, 30))
            large.Append($"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n");

        Assert.Equal(["any.yml:1:103: is no YAML: it is more than 100 levels deep; mend it there"], WorkflowRules.Check("any.yml", deep).Select(finding => $"{finding}"));
        Assert.EndsWith("is no YAML: it has more than 100000 values when its aliases are followed; mend it there", Assert.Single(WorkflowRules.Check("any.yml", large.ToString())).Message, StringComparison.Ordinal);
    }

    /// <summary>A mapping such as a workflow could be, with a value of any kind at any place; what a seed yields stays the same.</summary>
    private sealed class Shape(int seed)
    {
        private readonly Random random = new(seed);

        public string Write()
        {
            var text = new StringBuilder("on: push\nz: &a 1\njobs:\n  one:\n");
            Mapping(text, 4, 0);
            if (random.Next(5) == 0)
                text.Remove(random.Next(text.Length / 2), random.Next(1, 8));
            return text.ToString();
        }

        private void Mapping(StringBuilder text, int indent, int depth)
        {
            foreach (var key in random.GetItems(Keys, random.Next(1, 6)).Distinct())
            {
                text.Append(' ', indent).Append(key.Length == 0 ? "''" : key).Append(':');
                Value(text, indent, depth);
            }
        }

        private void Value(StringBuilder text, int indent, int depth)
        {
            switch (depth < 5 ? random.Next(4) : 0)
            {
                case 0:
                    text.Append(' ').Append(random.GetItems(Values, 1)[0]).Append('\n');
                    break;
                case 1:
                    text.Append('\n');
                    foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
                        text.Append(' ', indent).Append("- ").Append(random.GetItems(Values, 1)[0]).Append('\n');
                    break;
                case 2:
                    text.Append('\n').Append(' ', indent).Append("-\n");
                    Mapping(text, indent + 2, depth + 1);
                    break;
                default:
                    text.Append('\n');
                    Mapping(text, indent + 2, depth + 1);
                    break;
            }
        }
    }
}
