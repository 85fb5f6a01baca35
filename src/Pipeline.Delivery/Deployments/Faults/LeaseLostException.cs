namespace Pipeline.Delivery.Deployments;

/// <summary>The lock on the environment was lost during a deployment, so nothing more was changed. The next run resumes or undoes it.</summary>
/// <param name="environment">The environment.</param>
/// <param name="cause">What it came from.</param>
public sealed class LeaseLostException(string environment, Exception? cause = null)
    : DeliveryException(
        $"{environment}: the deployment lock was lost (the ledger's database is gone or another run took over), so nothing more was changed; "
        + "run the same command again to resume or undo", cause);
