namespace Pipeline.Delivery.Deployments;

/// <summary>The new release had the traffic, failed, and the old one has it again.</summary>
/// <param name="message">What failed and what to do next.</param>
/// <param name="cause">What it came from.</param>
public sealed class RolledBackException(string message, Exception? cause = null)
    : DeploymentFailedException(DeploymentOutcome.RolledBack, message, cause);
