using System.Xml.Linq;
using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Pipeline.Delivery;
using Path = System.IO.Path;

namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>What is known of the weaknesses of packages.</summary>
/// <param name="Advisories">The advisories about packages that are used.</param>
/// <param name="Unknown">Why nothing is known; null when it is.</param>
public sealed record AdvisoryReport(IReadOnlyList<Advisory> Advisories, string? Unknown);

/// <summary>Asks the sources of packages, through the SDK, for vulnerabilities of what was restored.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="root">The top of the repository.</param>
/// <param name="folder">Where a list of projects may be written.</param>
/// <param name="sources">Tells whether anybody knows.</param>
public sealed class NuGetAdvisories(ICakeContext context, string root, string folder, PackageSources sources)
{
    /// <summary>Asks.</summary>
    /// <param name="projects">The restored projects, absolute, each with its packages.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="DeliveryException">The SDK failed.</exception>
    public async Task<AdvisoryReport> FindAsync(IReadOnlyDictionary<string, IReadOnlySet<string>> projects, CancellationToken cancellation)
    {
        var configured = PackageSources.Read(Run("nuget", "list", "source", "--format", "short"));
        if (await sources.WhyNoneTellsAsync(configured, cancellation) is { } unknown)
            return new([], unknown);
        var list = Path.Combine(folder, "projects.slnx");
        Directory.CreateDirectory(folder);
        new XElement("Solution", Covering(projects).Select(project => new XElement("Project", new XAttribute("Path", project)))).Save(list);
        return new(VulnerabilityReport.Read(string.Join('\n', Run("list", list, "package", "--vulnerable", "--include-transitive", "--format", "json")), root), null);
    }

    /// <summary>As few projects as have all packages among them: the SDK takes its time for each.</summary>
    internal static IReadOnlyList<string> Covering(IReadOnlyDictionary<string, IReadOnlySet<string>> projects)
    {
        var missing = projects.Values.SelectMany(packages => packages).ToHashSet(StringComparer.Ordinal);
        var chosen = new List<string>();
        while (missing.Count > 0)
        {
            var next = projects.OrderByDescending(project => project.Value.Count(missing.Contains)).ThenBy(project => project.Key, StringComparer.Ordinal).First();
            missing.ExceptWith(next.Value);
            chosen.Add(next.Key);
        }
        return chosen;
    }

    private string[] Run(params string[] arguments)
    {
        var settings = new ProcessSettings { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, Silent = true, Arguments = new ProcessArgumentBuilder() };
        foreach (var argument in arguments)
            settings.Arguments.AppendQuoted(argument);
        var code = context.StartProcess("dotnet", settings, out var output, out var errors);
        string[] lines = [.. output];
        return code == 0
            ? lines
            : throw new DeliveryException($"dotnet {string.Join(' ', arguments)} ended with {code}:{string.Concat(errors.Concat(lines).Where(line => line.Length > 0).Take(10).Select(line => $"\n  {line}"))}");
    }
}
