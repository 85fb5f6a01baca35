namespace Pipeline.GitHub.Rehearsal.Jobs;

/// <summary>How a step ended.</summary>
/// <param name="Name">As the log calls it.</param>
/// <param name="Outcome">As it was: <c>success</c>, <c>failure</c>, <c>cancelled</c> or <c>skipped</c>.</param>
/// <param name="Conclusion">As it counts.</param>
/// <param name="Outputs">What it handed on.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record StepResult(string Name, string Outcome, string Conclusion, IReadOnlyDictionary<string, string> Outputs, TimeSpan Duration);
