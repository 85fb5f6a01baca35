namespace Pipeline.GitHub.Workflows;

/// <summary>A workflow was declared that GitHub, or our rules, would refuse. The declaration is at fault; trying again does not help.</summary>
public sealed class InvalidWorkflowException : Exception
{
    internal InvalidWorkflowException(string file, IReadOnlyList<string> faults)
        : base($"{file}: {faults.Count} {(faults.Count == 1 ? "fault" : "faults")} in the declared workflow:{string.Concat(faults.Select(fault => $"\n  {fault}"))}") => Faults = faults;

    /// <summary>All that is wrong, each with what to do.</summary>
    public IReadOnlyList<string> Faults { get; }
}
