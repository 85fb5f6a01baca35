namespace Pipeline.Delivery.Ports;

/// <summary>What a set of checks found.</summary>
/// <param name="Checks">One for each check, in the order they ran.</param>
public sealed record CheckReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether all passed; false when there were none.</summary>
    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);

    /// <summary>Those that failed with what came instead, in a line; empty when all passed.</summary>
    public string Failures => Checks.Count == 0
        ? "there are no checks; add one to the environment's check suite"
        : string.Join("; ", Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Detail}"));

    /// <summary>Tells of each check in a line; of one that failed as a warning.</summary>
    /// <param name="log">Who is told.</param>
    public void Tell(IDeliveryLog log)
    {
        foreach (var check in Checks)
        {
            var line = $"{(check.Passed ? "✓" : "✗")} {check.Name}: {check.Detail} ({check.Duration.TotalMilliseconds:0} ms)";
            if (check.Passed)
                log.Information(line);
            else
                log.Warning(line);
        }
    }
}

/// <summary>The outcome of one check.</summary>
/// <param name="Name">What was checked: <c>login with the right password</c>.</param>
/// <param name="Passed">The outcome.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Detail">What was expected and what came instead; the status when it passed.</param>
public sealed record CheckResult(string Name, bool Passed, TimeSpan Duration, string Detail);
