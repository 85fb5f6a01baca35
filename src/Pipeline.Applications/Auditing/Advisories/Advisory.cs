namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>A known weakness of a package that is used.</summary>
/// <param name="Package">The package.</param>
/// <param name="Version">The version that is used.</param>
/// <param name="Severity"><c>Low</c>, <c>Moderate</c>, <c>High</c> or <c>Critical</c>.</param>
/// <param name="Address">Where it is described.</param>
/// <param name="UsedBy">A project that uses it.</param>
public sealed record Advisory(string Package, string Version, string Severity, string Address, string UsedBy);

/// <summary>An advisory that is known and lived with for a time.</summary>
/// <param name="Address">Where it is described.</param>
/// <param name="Reason">Why it does no harm here.</param>
/// <param name="Until">The last day on which that is enough.</param>
public sealed record AcceptedAdvisory(string Address, string Reason, DateOnly Until);
