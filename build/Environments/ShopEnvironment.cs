using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Environments;

namespace Build.Environments;

/// <summary>An environment of the Shop. Whatever is not a property here is the same everywhere.</summary>
public sealed record ShopEnvironment
{
    public required string Name { get; init; }

    /// <summary>The port of the edge.</summary>
    public required int Port { get; init; }

    /// <summary>The host that users reach the edge at.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public Uri Url => new($"http://{Host}:{Port}");

    public required int Instances { get; init; }

    /// <summary>What its stand-in for the payment gateway accepts: <c>test</c> keys or <c>live</c> ones.</summary>
    public required string PaymentMode { get; init; }

    /// <summary>Whether a release needs evidence from staging before it may come here.</summary>
    public required bool RequiresRehearsal { get; init; }

    /// <summary>Who must agree before a release comes here.</summary>
    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.NotNeeded;

    public required TimeSpan Watch { get; init; }

    public DeliveryEnvironment ToDeliveryEnvironment(string engine) => new()
    {
        Name = Name,
        Url = Url,
        Engine = engine,
        Instances = Instances,
        Watch = Watch,
        RequiresRehearsal = RequiresRehearsal,
        Approval = Approval,
    };
}
