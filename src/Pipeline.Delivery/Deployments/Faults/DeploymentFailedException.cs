namespace Pipeline.Delivery.Deployments;

/// <summary>A deployment was begun and did not succeed; what serves now is what served before, unless the outcome is <see cref="DeploymentOutcome.Failed"/>.</summary>
/// <param name="outcome">How it ended.</param>
/// <param name="message">What failed, what was done about it and what to do next.</param>
/// <param name="cause">What it came from.</param>
public class DeploymentFailedException(DeploymentOutcome outcome, string message, Exception? cause = null) : DeliveryException(message, cause)
{
    /// <summary>How the deployment ended.</summary>
    public DeploymentOutcome Outcome { get; } = outcome;
}
