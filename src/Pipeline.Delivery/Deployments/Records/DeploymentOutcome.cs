namespace Pipeline.Delivery.Deployments;

/// <summary>How a deployment ended.</summary>
public enum DeploymentOutcome
{
    /// <summary>The release serves the environment and was verified.</summary>
    Succeeded,

    /// <summary>It failed before traffic moved; what it had begun was undone.</summary>
    Undone,

    /// <summary>It failed after traffic moved; the old release serves again.</summary>
    RolledBack,

    /// <summary>It failed and could not be undone wholly; the detail says what a person must do.</summary>
    Failed,
}
