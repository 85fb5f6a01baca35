using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Delivery;

namespace Build.Tests.Auditing;

public sealed class KnownVulnerabilities
{
    // As dotnet list package --vulnerable --include-transitive --format json writes it.
    private const string Report = """
        {
          "version": 1,
          "parameters": "--vulnerable --include-transitive",
          "sources": ["https://packages.example.org/v3/index.json"],
          "projects": [
            { "path": "/repo/src/Quiet/Quiet.csproj" },
            {
              "path": "/repo/src/Shop/Shop.csproj",
              "frameworks": [
                {
                  "framework": "net10.0",
                  "topLevelPackages": [
                    { "id": "Newtonsoft.Json", "requestedVersion": "12.0.1", "resolvedVersion": "12.0.1",
                      "vulnerabilities": [ { "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" } ] }
                  ],
                  "transitivePackages": [
                    { "id": "System.Text.Encodings.Web", "resolvedVersion": "4.5.0",
                      "vulnerabilities": [ { "severity": "Critical", "advisoryurl": "https://github.com/advisories/GHSA-ghhp-997w-qr28" } ] }
                  ]
                }
              ]
            }
          ]
        }
        """;

    private static readonly DateOnly Today = new(2026, 11, 20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_report_is_read_with_direct_and_transitive_packages() => Assert.Equal(
        [
            new("Newtonsoft.Json", "12.0.1", "High", "https://github.com/advisories/GHSA-5crp-9r3c-p9vr", "src/Shop/Shop.csproj"),
            new("System.Text.Encodings.Web", "4.5.0", "Critical", "https://github.com/advisories/GHSA-ghhp-997w-qr28", "src/Shop/Shop.csproj"),
        ],
        VulnerabilityReport.Read(Report, "/repo"));

    [Fact]
    public void Each_is_a_finding_until_it_is_accepted_and_again_when_that_is_over()
    {
        var advisories = VulnerabilityReport.Read(Report, "/repo");
        AcceptedAdvisory[] accepted =
        [
            new("https://github.com/advisories/GHSA-5crp-9r3c-p9vr", "nothing reads JSON of others", Today),
            new("https://github.com/advisories/GHSA-ghhp-997w-qr28", "it is not called", Today.AddDays(-1)),
        ];

        Assert.Equal(2, AdvisoryAudit.Check(advisories, [], Today).Count);
        Assert.Equal(
            ["critical vulnerability of System.Text.Encodings.Web 4.5.0 (used by src/Shop/Shop.csproj): https://github.com/advisories/GHSA-ghhp-997w-qr28; it was accepted until 2026-11-19; take a version without it now, or say why it may stay longer"],
            AdvisoryAudit.Check(advisories, accepted, Today));
    }

    [Theory]
    [InlineData("""{"version":1,"problems":[{"project":"a.csproj","level":"error","text":"No assets file was found"}],"projects":[]}""", "dotnet list package could not look for vulnerabilities:\n  No assets file was found")]
    [InlineData("""{"version":2,"projects":[]}""", "the report of dotnet list package cannot be read: it has version 2, but this program reads 1; run it by hand and look")]
    public void A_report_that_tells_nothing_is_no_report_without_findings(string report, string message) =>
        Assert.Equal(message, Assert.Throws<DeliveryException>(() => VulnerabilityReport.Read(report, "/repo")).Message);

    [Fact]
    public void As_few_projects_are_asked_about_as_have_all_packages() => Assert.Equal(
        ["b", "c"],
        NuGetAdvisories.Covering(new Dictionary<string, IReadOnlySet<string>>
        {
            ["a"] = new HashSet<string> { "x" },
            ["b"] = new HashSet<string> { "x", "y" },
            ["c"] = new HashSet<string> { "z" },
            ["d"] = new HashSet<string>(),
        }));

    [Fact]
    public async Task A_source_that_does_not_know_of_vulnerabilities_is_not_taken_for_one_that_knows_of_none()
    {
        using var http = new HttpClient();
        await using var silent = new OneAnswer("""{"resources":[{"@type":"PackageBaseAddress/3.0.0"}]}""");
        await using var knowing = new OneAnswer("""{"resources":[{"@type":"PackageBaseAddress/3.0.0"},{"@type":"VulnerabilityInfo/6.7.0"}]}""");
        await using var strange = new OneAnswer("<html>");
        var sources = new PackageSources(http);

        Assert.Equal($"/packages is a folder, {silent.Address} has no data about vulnerabilities", await sources.WhyNoneTellsAsync(["/packages", silent.Address], Cancellation));
        Assert.Null(await sources.WhyNoneTellsAsync([silent.Address, knowing.Address], Cancellation));
        Assert.StartsWith($"{strange.Address} cannot be asked (", await sources.WhyNoneTellsAsync([strange.Address], Cancellation), StringComparison.Ordinal);
        Assert.Equal("no source of packages is configured", await sources.WhyNoneTellsAsync([], Cancellation));
    }

    [Fact]
    public void Sources_that_are_switched_off_are_not_asked() =>
        Assert.Equal(["https://a.example.org/v3/index.json", "/home/me/my packages"], PackageSources.Read(["E https://a.example.org/v3/index.json", "D https://off.example.org/index.json", "E /home/me/my packages", ""]));

    /// <summary>A web server with one answer.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public OneAnswer(string body)
        {
            listener.Start();
            Address = $"http://{listener.LocalEndpoint}/v3/index.json";
            serving = ServeAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        }

        public string Address { get; }

        public async ValueTask DisposeAsync()
        {
            listener.Dispose();
            await serving;
        }

        private async Task ServeAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    _ = await client.GetStream().ReadAsync(new byte[4096]);
                    await client.GetStream().WriteAsync(answer);
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
