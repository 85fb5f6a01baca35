namespace Pipeline.Delivery.Ports;

/// <summary>What a set of checks found.</summary>
/// <param name="Checks">One for each check, in the order they ran.</param>
public sealed record CheckReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether all passed; false when there were none.</summary>
    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);
}

/// <summary>The outcome of one check.</summary>
/// <param name="Name">What was checked: <c>login with the right password</c>.</param>
/// <param name="Passed">The outcome.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Detail">What was expected and what came instead; the status when it passed.</param>
public sealed record CheckResult(string Name, bool Passed, TimeSpan Duration, string Detail);
