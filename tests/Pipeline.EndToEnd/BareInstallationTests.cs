using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>A clone where nothing runs yet.</summary>
[Collection(BareCollection.Name)]
public sealed class BareInstallationTests
{
    [Fact]
    public async Task Looking_at_it_finds_both_environments_absent_and_changes_nothing()
    {
        await using var installation = new Installation();
        await installation.BuildAsync();
        var before = Content(installation);

        var status = (await installation.RunAsync("--target", "Status", "--json")).Expect(0);
        (await installation.RunAsync("--target", "PromoteProduction", "--plan")).Expect(0).ExpectText("PromoteProduction");
        (await installation.RunAsync("--target", "PromoteProduction", "--plan", "json")).Expect(0);
        (await installation.RunAsync("--target", "PromoteProduction", "--dryrun")).Expect(0);

        using var document = JsonDocument.Parse(status.Output);
        Assert.All(document.RootElement.GetProperty("environments").EnumerateArray(), environment =>
        {
            Assert.Equal("absent", environment.GetProperty("state").GetString());
            Assert.Equal(JsonValueKind.Null, environment.GetProperty("release").ValueKind);
            Assert.Equal(JsonValueKind.Null, environment.GetProperty("previous").ValueKind);
            Assert.Empty(environment.GetProperty("instances").EnumerateArray());
        });
        Assert.Equal(before, Content(installation));
        Assert.Equal([], new Parts(installation).Processes());
    }

    [Fact]
    public async Task A_taken_port_is_named_with_its_holder_and_the_next_run_goes_on_until_everything_is_forgotten()
    {
        await using var installation = new Installation();
        var release = await installation.BuildAsync();
        using (var foreign = new TcpListener(IPAddress.Loopback, installation.StagingPort))
        {
            foreign.Start();
            var refused = (await installation.RunAsync("--target", "DeployStaging", "--release", release.Value)).Expect(1);
            refused.ExpectText($"127.0.0.1:{installation.StagingPort}").ExpectText($"{System.Environment.ProcessId}");
            (await installation.RunAsync("--target", "Doctor")).Expect(1).ExpectText($"port {installation.StagingPort}: taken by");
            Assert.Equal("absent", await installation.StateAsync("staging"));
        }

        (await installation.RunAsync("--target", "DeployStaging", "--release", release.Value)).Expect(0);
        Assert.Equal("healthy", await installation.StateAsync("staging"));
        Assert.NotEmpty(new Parts(installation).Processes());
        var clusters = installation.ClusterFolders();

        (await installation.RunAsync("--target", "Down", "--delete-data", "true")).Expect(0);
        Assert.Equal([], new Parts(installation).Processes());
        Assert.False(Directory.Exists(Path.Combine(installation.Home, "environments")) && Directory.EnumerateFileSystemEntries(Path.Combine(installation.Home, "environments")).Any());
        Assert.False(Directory.Exists(Path.Combine(installation.Home, "ledger")));
        Assert.All(clusters, cluster => Assert.False(Directory.Exists(cluster), cluster));
        Assert.Equal("absent", await installation.StateAsync("staging"));
    }

    /// <summary>All that the installation keeps, but for the reports of its runs and what build.sh keeps to start quickly.</summary>
    private static string[] Content(Installation installation) =>
    [
        .. Directory.EnumerateFileSystemEntries(installation.Home, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(installation.Home, path))
            .Where(path => path.Split('/')[0] is not ("runs" or "build" or "cache" or "programs"))
            .Order(StringComparer.Ordinal),
    ];
}
