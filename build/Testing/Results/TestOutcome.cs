namespace Build.Testing.Results;

/// <summary>What came of the tests of one project.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failures">Tests that failed.</param>
/// <param name="Skips">Tests that were skipped.</param>
public sealed record TestOutcome(string Project, int Passed, IReadOnlyList<TestNote> Failures, IReadOnlyList<TestNote> Skips);

/// <summary>A test with what it said.</summary>
/// <param name="Test">Its full name.</param>
/// <param name="Message">Why it failed, with where; or why it was skipped.</param>
public sealed record TestNote(string Test, string Message);
