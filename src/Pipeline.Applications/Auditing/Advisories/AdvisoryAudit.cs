namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>Holds advisories against those that are lived with.</summary>
public static class AdvisoryAudit
{
    /// <summary>The findings, each with its remedy; empty when all is well.</summary>
    /// <param name="advisories">What the sources of packages know.</param>
    /// <param name="accepted">What is lived with.</param>
    /// <param name="today">The day.</param>
    public static IReadOnlyList<string> Check(IEnumerable<Advisory> advisories, IReadOnlyCollection<AcceptedAdvisory> accepted, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(advisories);
        ArgumentNullException.ThrowIfNull(accepted);
        return
        [
            .. advisories.GroupBy(advisory => (advisory.Package, advisory.Version, advisory.Address)).Select(same => same.First())
                .Where(advisory => !accepted.Any(each => each.Address == advisory.Address && today <= each.Until))
                .Select(advisory => Describe(advisory, accepted.FirstOrDefault(each => each.Address == advisory.Address))),
        ];
    }

    private static string Describe(Advisory advisory, AcceptedAdvisory? over) =>
        $"{advisory.Severity.ToLowerInvariant()} vulnerability of {advisory.Package} {advisory.Version} (used by {advisory.UsedBy}): {advisory.Address}; "
        + (over is null
            ? "take a version without it, or accept it until a day, with the reason"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it was accepted until {over.Until:yyyy-MM-dd}; take a version without it now, or say why it may stay longer"));
}
