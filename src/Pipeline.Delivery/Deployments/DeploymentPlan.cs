using Pipeline.Delivery.Deployments.Steps;

namespace Pipeline.Delivery.Deployments;

/// <summary>Which steps a deployment has. The names and their order are what the ledger holds; a new run resumes by them.</summary>
internal static class DeploymentPlan
{
    private static readonly IReadOnlyList<IDeploymentStep> Forward =
    [
        new MigrateStep(), new ClearStep(), new StartStep(), new ReadyStep(), new RouteStep(), new SmokeStep(),
        new SwitchStep(), new DrainStep(), new VerifyStep(),
    ];

    private static readonly IReadOnlyList<IDeploymentStep> Back =
    [
        new CompatibilityStep(), new ClearStep(), new StartStep(), new ReadyStep(), new RouteStep(), new SwitchStep(), new ConfirmStep(), new DrainStep(),
    ];

    public static IReadOnlyList<IDeploymentStep> For(DeploymentKind kind) => kind == DeploymentKind.Rollback ? Back : Forward;
}
