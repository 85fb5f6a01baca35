using Pipeline.Targets.Tests.Running;
using Pipeline.Testing;

namespace Pipeline.Targets.Tests.Output;

/// <summary>GitHub folds the output of each target, also where several run at once and whichever way they end.</summary>
public sealed class GroupTests
{
    private static readonly Dictionary<string, string> OnGitHub = new() { ["GITHUB_ACTIONS"] = "true" };

    [Fact]
    public async Task Targets_that_run_at_once_and_fail_each_have_a_group_of_their_own()
    {
        using var program = new SampleProgram();
        program.StartWith(OnGitHub, "--target", "Talk", "--parallel", "4", "--keep-going");
        Assert.Equal(1, await program.EndAsync());
        var groups = Groups(program.Out);
        Assert.Equal(["TalksAndFails", "TalksFirst", "TalksSecond"], groups.Select(group => group.Name).Order(StringComparer.Ordinal));
        Assert.All(groups, group =>
        {
            Assert.Equal(Enumerable.Range(0, 40).Select(line => $"{group.Name} says line {line}"), group.Lines.Where(line => line.Contains(" says ", StringComparison.Ordinal)));
            Assert.DoesNotContain(group.Lines, line => groups.Any(other => other.Name != group.Name && line.Contains(other.Name, StringComparison.Ordinal)));
        });
        Assert.Contains("::endgroup::\n::error file=src/Shop.cs,line=1,col=1,title=SHOP1::is no shop\n✗ TalksAndFails  failed after ", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_its_groups()
    {
        using var program = new SampleProgram();
        program.StartWith(OnGitHub, "--target", "TalksOn", "--target", "TalksFirst", "--parallel", "2");
        await Eventually.HoldsAsync(() => program.HasMark("waiting"), "TalksOn waits");
        program.Signal("TERM");
        Assert.Equal(130, await program.EndAsync());
        Assert.Contains("TalksOn", Groups(program.Out).Select(group => group.Name));
    }

    [Fact]
    public async Task A_run_that_is_ended_at_once_ends_its_groups_too()
    {
        using var program = new SampleProgram();
        program.StartWith(OnGitHub, "--target", "TalksForEver", "--parallel", "2");
        await Eventually.HoldsAsync(() => program.HasMark("waiting"), "TalksForEver waits");
        program.Signal("TERM");
        await Eventually.HoldsAsync(() => program.Error.Contains("SIGTERM", StringComparison.Ordinal), "the first signal is taken");
        program.Signal("TERM");
        Assert.Equal(130, await program.EndAsync());
        Assert.Equal(["TalksForEver"], Groups(program.Out).Select(group => group.Name));
    }

    /// <summary>The groups as the runner reads them: they do not nest, and each has an end.</summary>
    private static List<(string Name, List<string> Lines)> Groups(string output)
    {
        var groups = new List<(string Name, List<string> Lines)>();
        var isOpen = false;
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("::group::", StringComparison.Ordinal))
            {
                Assert.False(isOpen, $"'{line}' begins within {(groups.Count > 0 ? groups[^1].Name : "")}");
                groups.Add((line["::group::".Length..], []));
                isOpen = true;
            }
            else if (line == "::endgroup::")
            {
                Assert.True(isOpen, "a group ends that had not begun");
                isOpen = false;
            }
            else if (isOpen)
                groups[^1].Lines.Add(line);
        }

        Assert.False(isOpen, $"{(groups.Count > 0 ? groups[^1].Name : "")} has no end");
        return groups;
    }
}
