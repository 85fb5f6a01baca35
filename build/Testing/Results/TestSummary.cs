using System.Globalization;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Testing.Results;

/// <summary>What came of the tests of all projects.</summary>
/// <param name="Outcomes">A project each.</param>
public sealed record TestSummary(IReadOnlyList<TestOutcome> Outcomes)
{
    public int Passed => Outcomes.Sum(outcome => outcome.Passed);

    public int Failed => Outcomes.Sum(outcome => outcome.Failures.Count);

    public int Skipped => Outcomes.Sum(outcome => outcome.Skips.Count);

    /// <summary>Each failed test with the file and line where it failed.</summary>
    /// <param name="root">The top of the repository.</param>
    public IEnumerable<Finding> Describe(string root) => Outcomes.SelectMany(outcome => outcome.Failures.Select(failure => FailurePlace.Describe(outcome.Project, failure, root)));

    /// <exception cref="DeliveryException">Tests failed, or a project had none; all are listed.</exception>
    public void RequirePassed()
    {
        var faults = Outcomes.Where(outcome => outcome.Passed + outcome.Failures.Count + outcome.Skips.Count == 0)
            .Select(outcome => $"\n  {outcome.Project}: no test was found")
            .Concat(Outcomes.SelectMany(outcome => outcome.Failures.Select(failure => $"\n  {outcome.Project}: {failure.Test}\n    {Indented(failure.Message)}")))
            .ToArray();
        if (faults.Length > 0)
            throw new DeliveryException($"tests: {Failed} failed, {Passed} passed, {Skipped} skipped; mend what failed:{string.Concat(faults)}");
    }

    /// <summary>A line each project and one for all, with every skipped test and its reason.</summary>
    public override string ToString()
    {
        var width = Outcomes.Select(outcome => outcome.Project.Length).Append("all".Length).Max();
        var lines = Outcomes.SelectMany(outcome => outcome.Skips.Select(skip => $"  skipped {skip.Test}: {skip.Message}")
                .Prepend(Line(outcome.Project, outcome.Passed, outcome.Failures.Count, outcome.Skips.Count)))
            .Append(Line("all", Passed, Failed, Skipped));
        return string.Join('\n', lines);

        string Line(string name, int passed, int failed, int skipped) =>
            string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(width)}  passed {passed,5}  failed {failed,3}  skipped {skipped,3}");
    }

    private static string Indented(string text) => text.Trim().Replace("\n", "\n    ", StringComparison.Ordinal);
}
