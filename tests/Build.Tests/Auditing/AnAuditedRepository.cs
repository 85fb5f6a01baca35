using System.IO.Compression;
using Build.Tests.Sources;
using Pipeline.Applications.Auditing;
using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Testing;

namespace Build.Tests.Auditing;

/// <summary>A small repository with a package from a folder and a feed that may know of its weakness, audited by the SDK and git as they are.</summary>
public sealed class AnAuditedRepository : IAsyncLifetime
{
    private static readonly AuditPolicy Policy = new() { Licences = new() { Allowed = new HashSet<string>(StringComparer.Ordinal) { "MIT" } } };

    private readonly TemporaryDirectory packages = new();

    private GitClone git = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        git = await GitClone.CreateAsync();
        git.Write(".gitignore", "obj/\nbin/\n.packages/\n");
        git.Write("Directory.Build.props", "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>");
        git.Write("Directory.Build.targets", "<Project />");
        git.Write("Directory.Packages.props", "<Project />");
        git.Write("src/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Weak.Package" Version="1.0.0" /></ItemGroup></Project>""");
        git.Write("App.sln", """
            Microsoft Visual Studio Solution File, Format Version 12.00
            Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "src\App.csproj", "{11111111-1111-1111-1111-111111111111}"
            EndProject
            Global
            	GlobalSection(SolutionConfigurationPlatforms) = preSolution
            		Debug|Any CPU = Debug|Any CPU
            	EndGlobalSection
            	GlobalSection(ProjectConfigurationPlatforms) = postSolution
            		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
            		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.Build.0 = Debug|Any CPU
            	EndGlobalSection
            EndGlobal

            """);
    }

    [Fact]
    public async Task All_findings_are_told_at_once()
    {
        await using var feed = new PackageFeed();
        feed.Knowing("weak.package", "(, 2.0.0)");
        await DescribeAsync("BUSL-1.1", feed);
        git.Write("notes.txt", "gh" + "p_" + new string('a', 36));
        await git.CommitAsync();

        var report = await AuditAsync();

        Assert.Null(report.NoAdvisories);
        Assert.Equal(
            [
                "licence of pkg:nuget/Weak.Package@1.0.0 (used by src/App.csproj) is BUSL-1.1, which is not among the allowed licences; replace the package, or declare an exception with its reason",
                "Package 'Weak.Package' 1.0.0 has a known high severity vulnerability, https://example.org/advisories/1 (used by src/App.csproj); take a version without it, or name it in NuGetAuditSuppress with the reason why it does no harm",
            ],
            report.Findings.Skip(2));
        Assert.StartsWith("notes.txt:1: GitHub token ghp_…", report.Findings[0], StringComparison.Ordinal);
        Assert.StartsWith("commit ", report.Findings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_knows_of_nothing_bad_is_told_apart_from_one_that_knows_nothing()
    {
        await using var knowing = new PackageFeed();
        knowing.Knowing("weak.package", "[2.0.0, 3.0.0)");
        await DescribeAsync("MIT", knowing);
        await git.CommitAsync();
        var known = await AuditAsync();

        await using var silent = new PackageFeed();
        silent.Silent();
        await DescribeAsync("MIT", silent);
        var unknown = await AuditAsync();

        Assert.Empty(known.Findings);
        Assert.Null(known.NoAdvisories);
        Assert.Equal("licences of 1 packages, their vulnerabilities, secrets in 7 files and 1 commits", known.Summary);
        Assert.Empty(unknown.Findings);
        Assert.Equal($"{packages.Path} is a folder, {silent.Index} has no data about vulnerabilities", unknown.NoAdvisories);
        Assert.Equal("licences of 1 packages, not their vulnerabilities, secrets in 7 files and 1 commits", unknown.Summary);
    }

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        packages.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task DescribeAsync(string licence, PackageFeed feed)
    {
        var file = packages.Combine("Weak.Package.1.0.0.nupkg");
        File.Delete(file);
        await using (var archive = await ZipFile.OpenAsync(file, ZipArchiveMode.Create, Cancellation))
        await using (var entry = await archive.CreateEntry("Weak.Package.nuspec").OpenAsync(Cancellation))
        await using (var nuspec = new StreamWriter(entry))
            await nuspec.WriteAsync($"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Weak.Package</id><version>1.0.0</version><authors>A</authors><description>D</description><license type="expression">{licence}</license></metadata></package>""");
        git.Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value=".packages" /></config>
              <packageSources><clear /><add key="here" value="{packages.Path}" /><add key="there" value="{feed.Index}" allowInsecureConnections="true" /></packageSources>
            </configuration>
            """);
    }

    private async Task<AuditReport> AuditAsync()
    {
        using var http = new HttpClient();
        return await new SourceAudit(RealCake.Context(), git.Path, "App.sln", new PackageSources(http)).RunAsync(Policy, null, Cancellation);
    }
}
