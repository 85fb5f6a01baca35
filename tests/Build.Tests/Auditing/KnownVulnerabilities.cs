using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Testing;

namespace Build.Tests.Auditing;

public sealed class KnownVulnerabilities : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_vulnerability_is_told_once_for_all_projects() => Assert.Equal(
        ["Package 'A' 1.0.0 has a known low severity vulnerability, https://example.org/1 (used by a.csproj and 1 more); take a version without it, or name it in NuGetAuditSuppress with the reason why it does no harm"],
        NuGetAudit.Describe([.. NuGetAudit.Read(Assets("Warning"), "a.csproj"), .. NuGetAudit.Read(Assets("Error"), "b.csproj")]));

    [Theory]
    [InlineData("""{"enableAudit":"false","auditLevel":"low","auditMode":"all"}""")]
    [InlineData("""{"enableAudit":"true","auditLevel":"low","auditMode":"direct"}""")]
    [InlineData("""{"enableAudit":"true","auditLevel":"high","auditMode":"all"}""")]
    public void A_project_that_does_not_let_NuGet_look_is_a_finding(string properties)
    {
        var file = folder.Combine("off.json");
        File.WriteAllText(file, $$"""{"project":{"restore":{"restoreAuditProperties":{{properties}}} } }""");
        Assert.Equal("NuGetAudit does not look at all packages and all severities; remove NuGetAudit, NuGetAuditMode and NuGetAuditLevel from the project", Assert.Single(NuGetAudit.Read(file, "a.csproj")).Text);
    }

    [Fact]
    public async Task A_source_that_does_not_know_of_vulnerabilities_is_not_taken_for_one_that_knows_of_none()
    {
        using var http = new HttpClient();
        await using var silent = new PackageFeed();
        silent.WithIndex("""{"resources":[{"@type":"PackageBaseAddress/3.0.0"}]}""");
        await using var knowing = new PackageFeed();
        knowing.WithIndex("""{"resources":[{"@type":"PackageBaseAddress/3.0.0"},{"@type":"VulnerabilityInfo/6.7.0"}]}""");
        await using var strange = new PackageFeed();
        strange.WithIndex("<html>");
        var sources = new PackageSources(http);

        Assert.Equal($"/packages is a folder, {silent.Index} has no data about vulnerabilities", await sources.WhyNoneTellsAsync(["/packages", silent.Index], Cancellation));
        Assert.Null(await sources.WhyNoneTellsAsync([silent.Index, knowing.Index], Cancellation));
        Assert.StartsWith($"{strange.Index} cannot be asked (", await sources.WhyNoneTellsAsync([strange.Index], Cancellation), StringComparison.Ordinal);
        Assert.Equal("no source of packages is configured", await sources.WhyNoneTellsAsync([], Cancellation));
    }

    [Fact]
    public void Sources_that_are_switched_off_are_not_asked() =>
        Assert.Equal(["https://a.example.org/v3/index.json", "/home/me/my packages"], PackageSources.Read(["E https://a.example.org/v3/index.json", "D https://off.example.org/index.json", "E /home/me/my packages", ""]));

    public void Dispose() => folder.Dispose();

    // As the SDK writes it, with what this reads.
    private string Assets(string level)
    {
        var file = folder.Combine($"{level}.json");
        File.WriteAllText(file, $$"""
            {"project":{"restore":{"restoreAuditProperties":{"enableAudit":"true","auditLevel":"low","auditMode":"all"} } },
             "logs":[{"code":"NU1608","level":"Warning","message":"something else"},
                     {"code":"NU1901","level":"{{level}}","message":"{{(level == "Error" ? "Warning As Error: " : "")}}Package 'A' 1.0.0 has a known low severity vulnerability, https://example.org/1","libraryId":"A"}]}
            """);
        return file;
    }
}
