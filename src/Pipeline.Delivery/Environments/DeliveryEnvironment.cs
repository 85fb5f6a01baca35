using Pipeline.Delivery.Approvals;

namespace Pipeline.Delivery.Environments;

/// <summary>A named place that releases are put into. Two environments differ only in what these values say.</summary>
public sealed record DeliveryEnvironment
{
    /// <summary><c>staging</c>, <c>production</c>: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Where users reach it, at the edge.</summary>
    public required Uri Url { get; init; }

    /// <summary>The kind of engine: <c>process</c>, <c>docker</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>How many instances a release gets; at least 1.</summary>
    public required int Instances { get; init; }

    /// <summary>How long an instance may take from its start to ready; default one minute.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long requests in flight may take after the switch before their instance is let go; default 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a new release is judged under traffic before the deployment counts as good; default 15 seconds.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a release needs passing evidence from a rehearsal before it may come here.</summary>
    public bool RequiresRehearsal { get; init; }

    /// <summary>Whether somebody must agree before a release comes here; nobody by default.</summary>
    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.NotNeeded;
}
