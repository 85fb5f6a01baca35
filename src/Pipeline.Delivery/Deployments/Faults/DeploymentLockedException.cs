namespace Pipeline.Delivery.Deployments;

/// <summary>Another run deploys to the environment now.</summary>
/// <param name="environment">The environment.</param>
/// <param name="owner">Who holds the lock.</param>
/// <param name="since">Since when.</param>
/// <param name="heartbeat">Its last sign of life.</param>
public sealed class DeploymentLockedException(string environment, string owner, DateTimeOffset since, DateTimeOffset heartbeat)
    : DeliveryException($"{environment}: {owner} is deploying since {since:u} (last sign of life {heartbeat:u}); wait for it to end or stop that run, then run again")
{
    /// <summary>Who holds the lock.</summary>
    public string Owner { get; } = owner;
}
