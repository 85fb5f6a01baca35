namespace Pipeline.Delivery.Approvals;

/// <summary>Whether somebody must agree before a release comes to an environment, and what counts as agreeing. A rollback never needs it.</summary>
public sealed record ApprovalPolicy
{
    private ApprovalPolicy(bool isNeeded) => IsNeeded = isNeeded;

    /// <summary>Nobody is asked.</summary>
    public static ApprovalPolicy NotNeeded { get; } = new(isNeeded: false);

    /// <summary>A person agrees: at a terminal, or where GitHub protects the environment.</summary>
    public static ApprovalPolicy ByPerson { get; } = new(isNeeded: true);

    /// <summary>Whether an approval is needed.</summary>
    public bool IsNeeded { get; }

    /// <summary>Whether a reason that was given beforehand, for a run without a terminal, counts; true by default.</summary>
    public bool AllowsReason { get; init; } = true;

    /// <summary>Whether a run without a terminal may deploy to an environment that lives wholly on its own machine, and so serves nobody else; true by default.</summary>
    public bool AllowsOwnMachine { get; init; } = true;
}
