namespace Pipeline.Delivery.Approvals;

/// <summary>Somebody agreed to a deployment.</summary>
/// <param name="By">Who: <c>mia@laptop</c>, or the account on GitHub as <c>mia@github</c>; for a policy whoever ran the deployment.</param>
/// <param name="Means">How.</param>
/// <param name="Reason">Why, in their words, or what the policy says; null when nothing was said.</param>
/// <param name="At">When this was known.</param>
public sealed record Approval(string By, ApprovalMeans Means, string? Reason, DateTimeOffset At)
{
    /// <summary>For people: who, how, why.</summary>
    public override string ToString() => Means switch
    {
        ApprovalMeans.Policy => $"by policy: {Reason}",
        ApprovalMeans.Prompt => $"by {By} at a terminal{Said}",
        ApprovalMeans.Protection => $"by {By} on GitHub{Said}",
        _ => $"by {By} beforehand{Said}",
    };

    private string Said => string.IsNullOrWhiteSpace(Reason) ? "" : $": {Reason}";
}

/// <summary>How somebody agreed.</summary>
public enum ApprovalMeans
{
    /// <summary>By typing the environment's name at a terminal.</summary>
    Prompt,

    /// <summary>By a reason that was given with the run.</summary>
    Reason,

    /// <summary>Where GitHub protects the environment.</summary>
    Protection,

    /// <summary>Nobody was needed.</summary>
    Policy,
}
