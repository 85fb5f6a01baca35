namespace Pipeline.GitHub.Rehearsal;

/// <summary>A workflow cannot be rehearsed as it is, or as it was asked for. Nothing ran; trying again does not help.</summary>
public sealed class RehearsalException : Exception
{
    /// <summary>Reports everything that is in the way.</summary>
    /// <param name="faults">Each with its place, its value and the remedy.</param>
    /// <param name="cause">What it came from, if anything.</param>
    public RehearsalException(IReadOnlyList<string> faults, Exception? cause = null)
        : base(string.Join('\n', faults), cause) => Faults = faults;

    /// <summary>Each fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
