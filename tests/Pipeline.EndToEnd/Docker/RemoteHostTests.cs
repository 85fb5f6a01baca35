using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Docker.Engines;

namespace Pipeline.EndToEnd.Docker;

/// <summary>Hosts that are not this machine: everything goes through ssh, or through TCP with certificates.</summary>
[Collection(DockerCollection.Name)]
public sealed class RemoteHostTests(TwoHosts hosts)
{
    [Fact]
    public async Task A_release_goes_to_staging_through_ssh_and_to_production_through_TLS()
    {
        await using var shell = await SecureShell.BeforeAsync(hosts.StagingHost);
        using var _ = hosts.Saying(
            ("PIPELINE_STAGING_HOST", $"ssh://root@127.0.0.1:{shell.Port}?address={hosts.StagingHost.Address}"),
            ("PIPELINE_PRODUCTION_HOST", hosts.ProductionHost.SecureEndpoint));
        var before = await hosts.ServingAsync();
        await using var witness = new Witness(hosts.Production);

        var next = await hosts.NextAsync();
        (await hosts.PromoteAsync(next)).Expect(3).ExpectText("there needs an approval, and nobody is at a terminal; run it at one, pass --approve with the reason, or run it in a job on GitHub");
        await hosts.ExpectServingAsync(before);
        using var approved = hosts.Saying(("PIPELINE_APPROVE", "the test agrees"));
        (await hosts.PromoteAsync(next)).Expect(0).ExpectText("beforehand: the test agrees");

        await hosts.ExpectServingAsync(next);
        Assert.Contains(next.Value, await TwoHosts.RunningAsync(hosts.StagingHost, "staging"));
        Assert.Contains(next.Value, await TwoHosts.RunningAsync(hosts.ProductionHost, "production"));
        (await hosts.RollBackAsync()).Expect(0);
        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(before);
    }
}
