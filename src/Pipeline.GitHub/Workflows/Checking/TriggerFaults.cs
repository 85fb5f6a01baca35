using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What is wrong with the triggers of a workflow.</summary>
internal static partial class TriggerFaults
{
    // GitHub took 10 for years; as many fit on a form that people still read.
    private const int MostInputs = 10;

    public static IEnumerable<string> Find(Triggers triggers)
    {
        if (triggers is { Push: null, PullRequest: null, MergeGroup: false, Schedule.Count: 0, Manual: null })
            yield return "nothing starts it; declare a trigger";
        foreach (var branch in Branches(triggers).Where(branch => !BranchPattern().IsMatch(branch) || branch.Contains("***", StringComparison.Ordinal)))
            yield return $"'{branch}' is no name or pattern of a branch: letters, digits, . _ - and *, with / between them";
        foreach (var fault in triggers.Schedule.Select(CronFaults.Find).OfType<string>())
            yield return fault;
        foreach (var time in Uniqueness.Repeated(triggers.Schedule))
            yield return $"schedule '{time}' stands there more than once";
        foreach (var fault in triggers.Manual is { } manual ? OfInputs(manual.Inputs) : [])
            yield return fault;
    }

    private static IEnumerable<string> Branches(Triggers triggers) => [.. triggers.Push?.Branches ?? [], .. triggers.PullRequest?.Branches ?? []];

    private static IEnumerable<string> OfInputs(IReadOnlyList<ManualInput> inputs)
    {
        if (inputs.Count > MostInputs)
            yield return $"it asks for {inputs.Count} inputs; GitHub takes {MostInputs}";
        foreach (var name in Uniqueness.Repeated(inputs.Select(input => input.Name)))
            yield return $"several inputs have the name {name}; give each its own";
        foreach (var input in inputs)
        {
            if (!Names.IsIdentifier(input.Name))
                yield return $"'{input.Name}' is no name of an input; one {Names.IdentifierRule}";
            string?[] texts = [input.Description, input.Default, .. input.Choices];
            if (texts.OfType<string>().Any(text => !Names.IsOneLine(text) || text.Contains("${{", StringComparison.Ordinal)))
                yield return $"input {input.Name} has a text that is not on one line, or that holds an expression";
            if (input.Description.Trim().Length == 0)
                yield return $"input {input.Name} has no description; say what to enter";
            if (input.Choices.Any(choice => choice.Trim().Length == 0) || input.Choices.Distinct(StringComparer.Ordinal).Count() != input.Choices.Count)
                yield return $"input {input.Name} has a choice that is empty or stands there more than once";
            if (input is { Choices.Count: > 0, Default: { } preset } && !input.Choices.Contains(preset, StringComparer.Ordinal))
                yield return $"input {input.Name} is '{preset}' by default, which is not among its choices {string.Join(", ", input.Choices)}";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_*][A-Za-z0-9_*-]*([./]?[A-Za-z0-9_*][A-Za-z0-9_*-]*)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex BranchPattern();
}
