using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Telling;

/// <summary>A deployment with what a listener was told of it.</summary>
/// <param name="Deployment">The deployment, without its steps.</param>
/// <param name="Listener">Who is told.</param>
/// <param name="Told">What was told, with the number that the listener gave it.</param>
public sealed record ToldDeployment(DeploymentRecord Deployment, Listener Listener, IReadOnlyDictionary<DeploymentFact, long> Told);

/// <summary>Something was told.</summary>
/// <param name="Deployment">The ledger's number of the deployment.</param>
/// <param name="Listener">The name of who was told.</param>
/// <param name="Fact">What.</param>
/// <param name="Reference">The number that the listener gave it.</param>
/// <param name="By">Who told.</param>
/// <param name="At">When.</param>
public sealed record Telling(long Deployment, string Listener, DeploymentFact Fact, long Reference, string By, DateTimeOffset At);
