using Build.Environments;
using Pipeline.GitHub.Workflows;

namespace Build.Workflows;

/// <summary>The environments as GitHub protects them: who must approve, and who gets which secrets, is said in the repository's settings.</summary>
public static class ShopEnvironments
{
    /// <summary>What looks at production and changes nothing: its secrets are those of production, and nobody needs to approve.</summary>
    public const string Watch = "production-watch";

    /// <summary>The branch that deploys.</summary>
    public const string Branch = "main";

    /// <summary>The environments on GitHub that an environment of this repository has: where it is deployed to, and where it is only looked at.</summary>
    public static IReadOnlyList<string> OnGitHub(string environment) => environment == Production.Name ? [environment, Watch] : [environment];

    public static JobEnvironment On(Template name) => new(name, Expression.Variable(ShopVariables.EnvironmentUrl));

    /// <summary>Deployments of one environment wait for each other, and of those that wait the newest counts.</summary>
    public static Concurrency OneAtATime(string environment) => new($"deploy-{environment}", Superseded.Finishes);

    /// <summary>
    /// Machines that reach the environments' hosts. GitHub's own do where the hosts listen with TLS; else name the label of runners of your own.
    /// </summary>
    public static Runner Deploying { get; } = Runner.Labelled(Expression.Variable("PIPELINE_DEPLOY_RUNNER").Or("ubuntu-24.04"));

    /// <summary>Whether the repository's variables say where an environment runs. Without it a job would deploy to the runner that ends with it.</summary>
    public static Expression HasHost(string environment) => Expression.Variable(ShopVariables.HostOf(environment)).IsNot("");

    /// <summary>What a job needs that tells GitHub of a deployment.</summary>
    public static Permission TellsOfDeployments { get; } = new(PermissionScope.Deployments, PermissionAccess.Write, "tells of the deployment, and how it ended");

    /// <summary>What a job needs that reads who approved it.</summary>
    public static Permission ReadsApprovals { get; } = new(PermissionScope.Actions, PermissionAccess.Read, "reads who approved the run, and the environment's protection");

    /// <summary>What an observer of production is told.</summary>
    public static IReadOnlyDictionary<string, Template> OfProduction { get; } = ShopVariables.OfEnvironment(Production.Name);
}
