using Pipeline.Applications.Databases;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Stages;
using Pipeline.Applications.Telling;
using Pipeline.Artifacts;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Tests;

public sealed class WhereUsersFindIt : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private readonly Dictionary<string, string> variables = [];

    [Theory]
    [InlineData("http://127.0.0.1:18081", StageHosts.None)]
    [InlineData("http://127.0.0.1:18081", StageHosts.Found)]
    [InlineData("http://10.0.0.5:18081", StageHosts.Named)]
    public void On_a_laptop_it_is_the_edge(string edge, StageHosts hosts) => Assert.Equal((new Uri(edge), new Uri(edge)), Find(edge, hosts));

    [Theory]
    [InlineData("http://127.0.0.1:18081", StageHosts.Named)]
    [InlineData("http://127.0.0.1:18081", StageHosts.Found)]
    [InlineData("http://10.0.0.5:18081", StageHosts.Found)]
    public void In_a_job_the_runner_itself_and_hosts_that_nobody_named_are_linked_by_nothing(string edge, StageHosts hosts)
    {
        variables["GITHUB_ACTIONS"] = "true";

        Assert.Equal((new Uri(edge), null), Find(edge, hosts));
    }

    [Fact]
    public void In_a_job_it_is_the_edge_of_hosts_that_were_named()
    {
        variables["GITHUB_ACTIONS"] = "true";

        Assert.Equal((new Uri("http://10.0.0.5:18081"), new Uri("http://10.0.0.5:18081")), Find("http://10.0.0.5:18081", StageHosts.Named));
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public void What_was_said_of_the_environment_comes_before_everything_else(string isInJob)
    {
        variables["GITHUB_ACTIONS"] = isInJob;

        Assert.Equal((new Uri("https://staging.example.org"), new Uri("https://staging.example.org")), Find("http://127.0.0.1:18081", StageHosts.Found, new("https://staging.example.org")));
    }

    public void Dispose() => folder.Dispose();

    private (Uri Address, Uri? Link) Find(string edge, StageHosts hosts, Uri? given = null)
    {
        using var github = new GitHubHouse(new(folder.Path), variables.GetValueOrDefault, _ => { }, TimeProvider.System);
        var addresses = new EnvironmentAddresses(new House(new(edge), hosts), github, environment => environment == "staging" ? given : new("https://production.example.org"));
        return (addresses.Of("staging"), addresses.FindLink("staging"));
    }

    private sealed class House(Uri edge, StageHosts hosts) : IApplicationHouse
    {
        public IReadOnlyList<DeliveryEnvironment> Environments => [new() { Name = "staging", Url = edge, Engine = "docker", Instances = 2 }];

        public LedgerHouse Ledger => throw new NotSupportedException();

        public ArtifactStore Store => throw new NotSupportedException();

        public StatePaths Paths => throw new NotSupportedException();

        public IDeliveryLog Log => throw new NotSupportedException();

        public TimeProvider Time => throw new NotSupportedException();

        public IStage Stage(string environment) => new Place(isOnThisMachine: true, hosts);

        public EnvironmentPorts Ports(string environment, ILedger ledger) => throw new NotSupportedException();
    }
}
