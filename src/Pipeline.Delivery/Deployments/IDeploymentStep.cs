namespace Pipeline.Delivery.Deployments;

/// <summary>One step of a deployment. Doing it twice is the same as doing it once, and so is undoing it.</summary>
internal interface IDeploymentStep
{
    /// <summary>The name in the ledger.</summary>
    string Name { get; }

    /// <summary>Does the step.</summary>
    /// <returns>What was done, for the ledger and for people; null when there is nothing to say.</returns>
    Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation);

    /// <summary>Takes the step back, whether it was done wholly, partly or not at all.</summary>
    /// <returns>What was taken back; null when there was nothing.</returns>
    Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation);
}
