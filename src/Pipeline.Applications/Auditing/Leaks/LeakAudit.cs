namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>Leaves out what is known to be no secret.</summary>
public static class LeakAudit
{
    /// <summary>The findings that nothing allows, and the allowances that nothing needs.</summary>
    /// <param name="leaks">What was found in the tree and in commits.</param>
    /// <param name="allowed">What is known to be no secret.</param>
    public static IReadOnlyList<string> Check(IReadOnlyCollection<Leak> leaks, IReadOnlyCollection<AllowedLeak> allowed)
    {
        ArgumentNullException.ThrowIfNull(leaks);
        ArgumentNullException.ThrowIfNull(allowed);
        var ids = allowed.Select(each => each.Id).ToHashSet(StringComparer.Ordinal);
        return [.. leaks.Where(leak => !ids.Contains(leak.Id)).Select(leak => leak.ToString())];
    }
}
