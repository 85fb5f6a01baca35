using Pipeline.Artifacts.Sbom;

namespace Pipeline.Applications.Auditing.Licences;

/// <summary>Holds the licences of packages against what is allowed.</summary>
public static class LicenceAudit
{
    /// <summary>The findings, each with its remedy; empty when all is well.</summary>
    /// <param name="packages">The packages, and where each is used.</param>
    /// <param name="policy">What is allowed.</param>
    public static IReadOnlyList<string> Check(IEnumerable<(PackageFacts Package, string UsedBy)> packages, LicencePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(policy);
        var all = packages.GroupBy(used => used.Package).OrderBy(used => used.Key.PackageUrl, StringComparer.Ordinal).ToArray();
        var refused = all.Where(used => !IsAllowed(used.Key, policy)).ToArray();
        return
        [
            .. refused.Where(used => !policy.Exceptions.Any(exception => Covers(exception, used.Key))).Select(used => Describe(used.Key, [.. used.Select(each => each.UsedBy)])),
            .. policy.Exceptions.Where(exception => !refused.Any(used => Covers(exception, used.Key)))
                .Select(exception => $"licence of {exception.Package}: an exception is declared for {exception.Licence ?? "no licence"} that nothing needs; remove it"),
        ];
    }

    private static bool IsAllowed(PackageFacts package, LicencePolicy policy) =>
        package.Licence is { } licence && LicenceExpression.TryParse(licence) is { } expression && expression.IsAllowed(policy.Allowed);

    private static bool Covers(LicenceException exception, PackageFacts package) =>
        exception.Licence == package.Licence && package.PackageUrl.StartsWith(exception.Package + "@", StringComparison.Ordinal);

    private static string Describe(PackageFacts package, string[] users)
    {
        var says = package.Licence is { } licence ? $"is {licence}, which is not among the allowed licences" : "is not named";
        var others = users.Length > 1 ? $" and {users.Length - 1} more" : "";
        return $"licence of {package.PackageUrl} (used by {users[0]}{others}) {says}; replace the package, or declare an exception with its reason";
    }
}
