namespace Pipeline.Verification.Load.Plans;

/// <summary>Collects the faults of a plan.</summary>
internal static class Plan
{
    public static IEnumerable<string> Fault(bool wrong, FormattableString message) => wrong ? [FormattableString.Invariant(message)] : [];

    /// <exception cref="ArgumentException">There are faults; the message names all of them.</exception>
    public static void Validate(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
            throw new ArgumentException(string.Join('\n', faults));
    }
}
