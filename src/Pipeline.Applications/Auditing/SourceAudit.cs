using System.Globalization;
using Cake.Core;
using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Applications.Auditing.Leaks;
using Pipeline.Applications.Auditing.Licences;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts.Sbom;
using Pipeline.Delivery;

namespace Pipeline.Applications.Auditing;

/// <summary>Looks at what a repository takes from others and gives to others: licences and vulnerabilities of packages, secrets in its files and commits.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="root">The top of the repository.</param>
/// <param name="solution">The solution with all its projects, relative to it.</param>
/// <param name="sources">Tells whether anybody knows of vulnerabilities.</param>
public sealed class SourceAudit(ICakeContext context, string root, string solution, PackageSources sources)
{
    private readonly RestoredProjects restored = new(context, root, solution);

    /// <summary>Audits the present tree and its commits.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="since">What others have already of the commits; null for what <c>origin</c> has.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DeliveryException">Something could not be looked at.</exception>
    public async Task<AuditReport> RunAsync(AuditPolicy policy, string? since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var files = await SourceExport.ListAsync(root, cancellation);
        var tree = await TreeScan.FindAsync(root, files, cancellation);
        var commits = await CommitScan.FindAsync(root, since, cancellation);
        var unknown = await sources.WhyNoneTellsAsync(restored.Sources(), cancellation);
        // Restoring anew rewrites what targets beside this one may be reading, so only where it can tell something.
        var projects = unknown is null ? restored.RestoreAnew() : restored.Restore();
        var packages = projects.SelectMany(project => UsedPackages.OfProject(project.Assets).Select(package => (Package: package, UsedBy: project.Project)))
            .Concat(files.Where(IsNpmLock).SelectMany(file => UsedPackages.OfNpmLock(Path.Combine(root, file)).Select(package => (Package: package, UsedBy: file)))).ToArray();
        string[] findings =
        [
            .. LeakAudit.Check([.. tree.Leaks, .. commits.Leaks], policy.Leaks),
            .. LicenceAudit.Check(packages, policy.Licences),
            .. NuGetAudit.Describe(projects.SelectMany(project => NuGetAudit.Read(project.Assets, project.Project))),
        ];
        var count = packages.DistinctBy(used => used.Package.PackageUrl).Count();
        return new(
            findings,
            string.Create(CultureInfo.InvariantCulture, $"licences of {count} packages, {(unknown is null ? "their vulnerabilities" : "not their vulnerabilities")}, secrets in {tree.Read} files and {commits.Read} commits"),
            unknown);
    }

    private static bool IsNpmLock(string file) => Path.GetFileName(file) == "package-lock.json";
}
