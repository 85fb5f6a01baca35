using Build.Environments;
using Pipeline.GitHub.Workflows;

namespace Build.Workflows;

/// <summary>The environments as GitHub protects them: who must approve, and who gets which secrets, is said in the repository's settings.</summary>
public static class ShopEnvironments
{
    /// <summary>What looks at production and changes nothing: it knows where production is, none of production's secrets, and nobody needs to approve.</summary>
    public const string Watch = "production-watch";

    /// <summary>What builds and signs: it keeps the signing key from the workflows of every other branch.</summary>
    public const string Build = "build";

    /// <summary>The branch that deploys.</summary>
    public const string Branch = "main";

    /// <summary>
    /// The environments on GitHub that an environment of this repository has: where it is deployed to, where it is only looked at, and where what comes there is built.
    /// </summary>
    public static IReadOnlyList<string> OnGitHub(string environment) => environment == Production.Name ? [environment, Watch, Build] : [environment, Build];

    /// <summary>For what tells GitHub of its deployment itself, or deploys nothing: GitHub records none besides.</summary>
    public static JobEnvironment Unrecorded(Template name) => new(name, Url: null);

    /// <summary>
    /// For what reads from GitHub who approved it. That a review is read back where GitHub records no deployment of its own is written nowhere, so it records one.
    /// </summary>
    public static JobEnvironment Reviewed(Template name) => new(name, Expression.Variable(ShopVariables.EnvironmentUrl));

    /// <summary>Deployments of one environment come one after the other, and none is lost.</summary>
    public static Concurrency OneAtATime(string environment) => new($"deploy-{environment}", Superseded.Queues);

    /// <summary>
    /// Machines that reach the environments' hosts. GitHub's own do where the hosts listen with TLS; else name the label of runners of your own.
    /// </summary>
    public static Runner Deploying { get; } = Runner.Labelled(Expression.Variable("PIPELINE_DEPLOY_RUNNER").Or("ubuntu-24.04"));

    /// <summary>Whether the repository's variables say where an environment runs. Without it a job would deploy to the runner that ends with it.</summary>
    public static Expression HasHost(string environment) => Expression.Variable(ShopVariables.HostOf(environment)).IsNot("");

    /// <summary>What a job needs that tells GitHub of a deployment.</summary>
    public static Permission TellsOfDeployments { get; } = new(PermissionScope.Deployments, PermissionAccess.Write, "tells of the deployment, and how it ended");

    /// <summary>What a job needs that compares with what production runs.</summary>
    public static Permission ReadsDeployments { get; } = new(PermissionScope.Deployments, PermissionAccess.Read, "reads what production runs, to compare sizes with");

    /// <summary>What a job needs that reads who approved it.</summary>
    public static Permission ReadsApprovals { get; } = new(PermissionScope.Actions, PermissionAccess.Read, "reads who approved the run, and the environment's protection");

    /// <summary>Where GitHub keeps attestations: of public repositories on every plan, of others where the variable says so.</summary>
    public static Expression Attests { get; } = Expression.Visibility.Is("public").And(Expression.Variable(ShopVariables.Attest).IsNot("never"))
        .Or(Expression.Variable(ShopVariables.Attest).Is("always"));

    /// <summary>What a deployment to production is told.</summary>
    public static IReadOnlyDictionary<string, Template> OfProduction { get; } = ShopVariables.OfEnvironment(Production.Name);
}
