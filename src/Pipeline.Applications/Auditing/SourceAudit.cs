using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Common.Tools.DotNet;
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
/// <param name="advisories">Knows of vulnerabilities.</param>
/// <param name="time">The clock.</param>
public sealed partial class SourceAudit(ICakeContext context, string root, string solution, NuGetAdvisories advisories, TimeProvider time)
{
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
        var projects = Restore();
        var packages = projects.SelectMany(project => project.Packages.Select(package => (package, project.Name)))
            .Concat(files.Where(IsNpmLock).SelectMany(file => UsedPackages.OfNpmLock(Path.Combine(root, file)).Select(package => (package, file)))).ToArray();
        var known = await advisories.FindAsync(
            projects.ToDictionary(project => Path.Combine(root, project.Name), IReadOnlySet<string> (project) => project.Packages.Select(package => package.PackageUrl).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal),
            cancellation);
        string[] findings =
        [
            .. LeakAudit.Check([.. tree.Leaks, .. commits.Leaks], policy.Leaks),
            .. LicenceAudit.Check(packages, policy.Licences),
            .. AdvisoryAudit.Check(known.Advisories, policy.Advisories, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
        ];
        return new(
            findings,
            string.Create(CultureInfo.InvariantCulture, $"{packages.DistinctBy(used => used.package.PackageUrl).Count()} packages with allowed licences, ")
            + (known.Unknown is null ? "none with a known vulnerability, " : "their vulnerabilities unknown, ")
            + string.Create(CultureInfo.InvariantCulture, $"no secret in {tree.Read} files and {commits.Read} commits"),
            known.Unknown);
    }

    // What is restored already costs little; what is not has no licence to read yet.
    private (string Name, IReadOnlyList<PackageFacts> Packages)[] Restore()
    {
        var path = Path.Combine(root, solution);
        context.DotNetRestore(path, new() { Verbosity = DotNetVerbosity.Quiet, WorkingDirectory = root });
        return
        [
            .. from Match project in Project().Matches(File.ReadAllText(path))
               let name = project.Groups["path"].Value.Replace('\\', '/')
               select (name, UsedPackages.OfProject(Path.Combine(root, Path.GetDirectoryName(name)!, "obj", "project.assets.json"))),
        ];
    }

    private static bool IsNpmLock(string file) => Path.GetFileName(file) == "package-lock.json";

    // https://learn.microsoft.com/visualstudio/extensibility/internals/solution-dot-sln-file#file-body
    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex Project();
}
