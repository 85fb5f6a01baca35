using Build.Environments.Stages;
using Pipeline.Applications.SupplyChain;
using Pipeline.GitHub.Workflows;

namespace Build.Workflows;

/// <summary>
/// What jobs are told by the repository's settings. A variable or secret that is not set arrives empty, which counts as not given (docs/github.md lists them all).
/// </summary>
public static class ShopVariables
{
    /// <summary>The variable of each environment that says where its users find it.</summary>
    public const string EnvironmentUrl = "ENVIRONMENT_URL";

    /// <summary>The variable that says whether GitHub attests where the artifact comes from.</summary>
    public const string Attest = "PIPELINE_ATTEST";

    // Docker's own name for it.
    private const string RegistryLogin = "DOCKER_AUTH_CONFIG";

    private const string WatchVariable = "PIPELINE_WATCH";

    private const string Made = "what runs keeps its image; one that is to be started is made by the runner, which needs root and debootstrap: a runner of your own";

    // What stands on hosts beside the releases. Runners are no root and lack debootstrap, so there these images cannot be made.
    private static readonly string[] OnHosts = ["PIPELINE_EDGE_IMAGE", "PIPELINE_POSTGRES_IMAGE", "PIPELINE_SANDBOX_IMAGE", "PIPELINE_ENTRANCE"];

    /// <summary>What the artifact is made of, and where it is sent.</summary>
    public static IReadOnlyDictionary<string, Template> OfBuild { get; } = All(
        [.. Given("PIPELINE_BASE_IMAGE", "PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY")],
        [.. Secrets(ArtifactKeys.Variable, RegistryLogin)]);

    /// <summary>Where the release that production runs is asked for, to compare sizes with.</summary>
    public static IReadOnlyDictionary<string, Template> OfComparison { get; } = All([("GITHUB_TOKEN", Expression.Token), .. Given("PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY")], []);

    /// <summary>GitHub's runners reach a source of packages that knows of vulnerabilities; where yours does not, the variable says so.</summary>
    public static IReadOnlyDictionary<string, Template> OfAudit { get; } = All([("PIPELINE_AUDIT_DATA", Expression.Variable("PIPELINE_AUDIT_DATA").Or(Parameters.AuditDataRequired))], []);

    /// <summary>Where an environment runs, for what only looks at it: edge and ledger tell it all that it asks.</summary>
    /// <param name="environment">The environment's name in this repository, not on GitHub.</param>
    public static IReadOnlyDictionary<string, Template> OfPlace(string environment) => All(
        // In processes of a runner nothing would outlive the job.
        [("PIPELINE_ENGINE", EngineChoice.Docker), .. Given("PIPELINE_BASE_IMAGE", "PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY", HostOf(environment), WatchVariable)],
        [.. Secrets("PIPELINE_LEDGER")]);

    /// <summary>Where an environment runs, and what it must be told that nobody else may know.</summary>
    /// <param name="environment">The environment's name in this repository, not on GitHub.</param>
    public static IReadOnlyDictionary<string, Template> OfEnvironment(string environment)
    {
        var prefix = environment.ToUpperInvariant();
        return OfPlace(environment).And([.. Given(OnHosts), .. Secrets($"{prefix}_DATABASE_URL", $"{prefix}_SHOP_PAYMENT_KEY", $"{prefix}_SHOP_SMOKE_PASSWORD", RegistryLogin)]);
    }

    /// <summary>Who speaks with GitHub, as the job's permissions allow, and where users find the environment that the job deploys to.</summary>
    /// <param name="environments">The environments that it may be, by their names in this repository.</param>
    public static IReadOnlyDictionary<string, Template> OfGitHub(params IEnumerable<string> environments) => All(
        [("GITHUB_TOKEN", Expression.Token), .. environments.Select(environment => ($"PIPELINE_{environment.ToUpperInvariant()}_URL", (Template)Expression.Variable(EnvironmentUrl)))], []);

    /// <summary>What need not be set, with what holds then. All else that a job reads is needed.</summary>
    public static IReadOnlyDictionary<string, string> Optional { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["PIPELINE_REGISTRY"] = "the artifact travels as artifact of the run",
        ["PIPELINE_INSECURE_REGISTRY"] = "registries elsewhere are spoken to with TLS",
        [RegistryLogin] = "registries are asked as nobody, or as whoever the runner logged in with docker login",
        ["PIPELINE_EDGE_IMAGE"] = Made,
        ["PIPELINE_POSTGRES_IMAGE"] = Made,
        ["PIPELINE_SANDBOX_IMAGE"] = Made,
        ["PIPELINE_ENTRANCE"] = "a door opens users' port wherever the engine allows one",
        ["PIPELINE_DEPLOY_RUNNER"] = "GitHub's own runners deploy",
        [Attest] = "GitHub attests where the artifact comes from while the repository is public",
        ["PIPELINE_AUDIT_DATA"] = "the audit fails where no source of packages knows of vulnerabilities",
        [WatchVariable] = "verify and watch look for 15 minutes",
        [EnvironmentUrl] = "GitHub links the address of the edge",
        ["STAGING_DATABASE_URL"] = "the host gets a PostgreSQL",
        ["PRODUCTION_DATABASE_URL"] = "the host gets a PostgreSQL",
    };

    /// <summary>The variable that names an environment's Docker hosts.</summary>
    public static string HostOf(string environment) => $"PIPELINE_{environment.ToUpperInvariant()}_HOST";

    /// <summary>How long a job that does nothing but look watches: a quarter of an hour where the repository does not say.</summary>
    public static IReadOnlyDictionary<string, Template> OfWatch { get; } = All([(WatchVariable, Expression.Variable(WatchVariable).Or("15m"))], []);

    /// <summary>Both: the first that says something about a variable is right.</summary>
    public static IReadOnlyDictionary<string, Template> And(this IReadOnlyDictionary<string, Template> first, params ReadOnlySpan<(string Name, Template Value)> others) =>
        All([.. first.Select(variable => (variable.Key, variable.Value))], others);

    /// <summary>Both: the first that says something about a variable is right.</summary>
    public static IReadOnlyDictionary<string, Template> And(this IReadOnlyDictionary<string, Template> first, IReadOnlyDictionary<string, Template> others) =>
        first.And([.. others.Select(variable => (variable.Key, variable.Value))]);

    private static IEnumerable<(string Name, Template Value)> Given(params IEnumerable<string> names) => names.Select(name => (name, (Template)Expression.Variable(name)));

    private static IEnumerable<(string Name, Template Value)> Secrets(params IEnumerable<string> names) => names.Select(name => (name, (Template)Expression.Secret(name)));

    private static SortedDictionary<string, Template> All(ReadOnlySpan<(string Name, Template Value)> first, ReadOnlySpan<(string Name, Template Value)> others)
    {
        SortedDictionary<string, Template> all = new(StringComparer.Ordinal);
        foreach (var (name, value) in first)
            all.Add(name, value);
        foreach (var (name, value) in others)
            all.TryAdd(name, value);
        return all;
    }
}
