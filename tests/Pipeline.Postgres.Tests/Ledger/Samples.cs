using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Postgres.Tests.Ledger;

/// <summary>Releases and requests to record.</summary>
internal static class Samples
{
    public static DeliveryEnvironment Production { get; } = new() { Name = "production", Url = new Uri("http://127.0.0.1:1"), Engine = "process", Instances = 1 };

    public static DeliveryEnvironment Staging { get; } = Production with { Name = "staging" };

    public static Release Release(char digit, string version = "1.0.0") => new(
        Digest.Parse("sha256:" + new string(digit, 64)), version, new string('c', 40),
        [new Migration("0001_start", new string('1', 64), BackwardCompatible: true), new Migration("0002_end", new string('2', 64), BackwardCompatible: false)]);

    public static DeploymentRequest Request(Release release, DeliveryEnvironment? environment = null) =>
        new(environment ?? Production, release, DeploymentKind.Deploy, "ada@host", "because");
}
