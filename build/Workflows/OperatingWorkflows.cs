using Build.Environments;
using Pipeline.Applications.Operating;
using Pipeline.GitHub.Workflows;
using Pipeline.Targets;

namespace Build.Workflows;

/// <summary>What is done to production, or looked at in it, between deployments.</summary>
public static class OperatingWorkflows
{
    private const string Environment = "environment";

    private const string Reason = "reason";

    public static TargetWorkflow DeclareRollback() => new()
    {
        File = "rollback.yml",
        Name = "rollback",
        Purpose = "Returns an environment to its previous release.",
        On = new()
        {
            Manual = new(
                new ManualInput(Environment, "Which environment returns") { IsRequired = true, Choices = [Production.Name, Staging.Name], Default = Production.Name },
                new ManualInput(Reason, "Why, for the record") { IsRequired = true }),
        },
        Jobs =
        [
            new()
            {
                Id = "rollback",
                Remark = "Its group is its own: it waits for no deployment that waits for approval. The ledger's lock keeps it apart from one that runs",
                TimeoutMinutes = 30,
                RunsOn = ShopEnvironments.Deploying,
                Permissions = [ShopEnvironments.TellsOfDeployments],
                Environment = ShopEnvironments.Unrecorded(Expression.Input(Environment)),
                Concurrency = new($"rollback-{Expression.Input(Environment)}", Superseded.Queues),
                Commands =
                [
                    new(TargetMap.NameOf<Rollback>())
                    {
                        Env = ShopVariables.OfEnvironment(Staging.Name).And(ShopEnvironments.OfProduction).And(ShopVariables.OfGitHub(Staging.Name, Production.Name))
                            .And(("PIPELINE_ENVIRONMENT", Expression.Input(Environment)), ("PIPELINE_REASON", Expression.Input(Reason))),
                    },
                ],
            },
        ],
    };

    public static TargetWorkflow DeclareWatch() => new()
    {
        File = "watch.yml",
        Name = "watch",
        Purpose = "Judges production every hour, deployment or not.",
        On = new() { Schedule = ["23 * * * *"], Manual = new() },
        Jobs =
        [
            new()
            {
                Id = "watch",
                If = ShopEnvironments.HasHost(Production.Name),
                TimeoutMinutes = 45,
                RunsOn = ShopEnvironments.Deploying,
                Environment = ShopEnvironments.Unrecorded(ShopEnvironments.Watch),
                Concurrency = new("watch-production", Superseded.Finishes),
                Commands = [new(TargetMap.NameOf<PostDeployVerify>()) { Name = "Watch", Env = ShopVariables.OfWatch.And(ShopVariables.OfPlace(Production.Name)) }],
            },
        ],
    };
}
