using Pipeline.Applications.Images;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Applications.Telling;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Pipeline.Applications;

/// <summary>What can be said to every application's build program, on the command line or as PIPELINE_NAME in the environment.</summary>
public static class DeliveryParameters
{
    /// <summary>The Docker hosts of staging.</summary>
    public static Parameter<string> StagingHost { get; } = Host("staging-host", "staging");

    /// <summary>The Docker hosts of production.</summary>
    public static Parameter<string> ProductionHost { get; } = Host("production-host", "production");

    /// <summary>How users come to the edge.</summary>
    public static Parameter<string> Entrance { get; } =
        new("entrance", "How users come to the edge on Docker hosts: through a door in the host's own network, or a port that the engine publishes; a door wherever the engine allows one, when not given.")
        {
            Allowed = [DockerParameters.Door, DockerParameters.Published],
        };

    /// <summary>The image of the edge.</summary>
    public static Parameter<string> EdgeImage { get; } = new("edge-image", "The edge's image on Docker hosts, by digest; without it one is made here of this machine's packages.") { Parse = PinnedImage.Parse };

    /// <summary>The image of the database.</summary>
    public static Parameter<string> PostgresImage { get; } =
        new("postgres-image", "The database's image on Docker hosts, as postgres:17@sha256:…; without it one is made here of this machine's packages.") { Parse = PinnedImage.Parse };

    /// <summary>Whether a database that runs is replaced.</summary>
    public static Parameter<bool> RenewDatabase { get; } = new("renew-database",
        "A deployment replaces the database's container on a Docker host where it runs another image than --postgres-image, of the same major version: users wait for some seconds. Without it, one that runs stays as it is.");

    /// <summary>The environment that a target is about.</summary>
    public static Parameter<string> Environment { get; } =
        new("environment", "The environment that Rollback, PostDeployVerify, SmokeTest, Status, Logs, Shell, Prune and ExportCompose are about; Doctor then looks at its settings on GitHub.")
        {
            Allowed = [EnvironmentNames.Staging, EnvironmentNames.Production],
        };

    /// <summary>A release that is there already.</summary>
    public static Parameter<string> Release { get; } =
        new("release", "A release that is there already, by digest, beginning of a digest, or version; nothing is built then.");

    /// <summary>The repository of the artifacts.</summary>
    public static Parameter<string> Registry { get; } =
        new("registry", "The repository, as host:port/name, that PushImage sends the artifact to and that a --release is fetched from.") { Parse = RepositoryText };

    /// <summary>Registries without TLS.</summary>
    public static Parameter<string> InsecureRegistry { get; } =
        new("insecure-registry", "Registries, as host:port separated by commas, that are spoken to over http; those on this machine are anyway.");

    /// <summary>Why a person does what is asked for.</summary>
    public static Parameter<string> Reason { get; } = new("reason", "Why, for the record; needed where there is no way back.");

    /// <summary>Why a deployment may go where a person must agree, said beforehand.</summary>
    public static Parameter<string> Approve { get; } =
        new("approve", "Approves what this run deploys, with the reason, where a person must agree: for runs without a terminal. The ledger keeps who and why.");

    /// <summary>Whether GitHub is told of a deployment.</summary>
    public static Parameter<string> Tell { get; } =
        new("tell", "Whether GitHub is told of a deployment: required (it is refused where GitHub cannot be told), later (it goes on, and what was not told is told later) or never; when not given, later, and never for an environment that lives wholly on this machine, unless a job on GitHub was told its hosts.")
        {
            Allowed = [DeploymentTellings.Required, DeploymentTellings.Later, DeploymentTellings.Never],
        };

    /// <summary>Where users find staging, as GitHub and summaries link it.</summary>
    public static Parameter<Uri> StagingUrl { get; } = Url("staging-url", "staging");

    /// <summary>Where users find production, as GitHub and summaries link it.</summary>
    public static Parameter<Uri> ProductionUrl { get; } = Url("production-url", "production");

    /// <summary>How long a release is judged.</summary>
    public static Parameter<TimeSpan> Watch { get; } = new("watch", "How long a release is judged under traffic before it counts as good.")
    {
        Default = TimeSpan.FromSeconds(15),
        Minimum = TimeSpan.FromSeconds(1),
        Maximum = TimeSpan.FromHours(24),
    };

    /// <summary>Whether Status writes a document.</summary>
    public static Parameter<bool> Json { get; } = new("json", "Status writes one JSON document to standard output, and everything else goes to standard error.");

    /// <summary>Whether Down forgets.</summary>
    public static Parameter<bool> DeleteData { get; } = new("delete-data", "Down also forgets all databases, secrets and the ledger.");

    /// <summary>Who answers for a deployment.</summary>
    public static Parameter<string> OnCall { get; } = new("on-call", "Who answers for the deployment, by name; the person who runs it when not given.");

    /// <summary>Where a deployment was announced.</summary>
    public static Parameter<string> Announced { get; } = new("announced", "Where stakeholders were told of the deployment: a channel, a message, a ticket.");

    /// <summary>The port of staging's edge; 18081 by default.</summary>
    public static Parameter<int> StagingPort { get; } = Port("staging-port", "The port of staging's edge.", 18081);

    /// <summary>The port of production's edge; 18082 by default.</summary>
    public static Parameter<int> ProductionPort { get; } = Port("production-port", "The port of production's edge.", 18082);

    /// <summary>The image below the application.</summary>
    public static Parameter<string> BaseImage { get; } =
        new("base-image", "The image that the application's layers lie upon, which containers need: an OCI layout (a folder, or oci:FOLDER@DIGEST) or an image in a registry (host:port/name@DIGEST). Without it containers stand upon the one that this machine makes, and for processes the artifact is the application alone.");

    /// <summary>The image that BuildBaseImage makes.</summary>
    public static Parameter<string> Recipe { get; } = new("recipe", "The image that BuildBaseImage makes.")
    {
        Default = "base",
        Allowed = ["base", "postgres", "node", "edge", "sandbox"],
    };

    /// <summary>The release of Debian in images that are made here.</summary>
    public static Parameter<string> Suite { get; } = new("suite", "The release of Debian that BuildBaseImage installs.") { Default = "bookworm" };

    /// <summary>Further packages of Debian in images that are made here.</summary>
    public static Parameter<string> Packages { get; } = new("packages", "Further packages of Debian for BuildBaseImage, separated by commas.");

    /// <summary>Whether an image is made anew.</summary>
    public static Parameter<bool> Renew { get; } = new("renew", "BuildBaseImage makes the image anew, with the packages of today.");

    /// <summary>Whose signatures count.</summary>
    public static Parameter<string> TrustedKeys { get; } =
        new("trusted-keys", "Whose signatures on artifacts count: a file of public keys in PEM, or the keys themselves. Only these count then, not this machine's own.");

    /// <summary>The instance that a target is about.</summary>
    public static Parameter<string> Instance { get; } = new("instance", "The instance that Logs and Shell are about, as Status names it; for Logs all when not given.");

    /// <summary>Whether Logs goes on.</summary>
    public static Parameter<bool> Follow { get; } = new("follow", "Logs goes on with the lines that come, until it is stopped.");

    /// <summary>How many lines Logs shows.</summary>
    public static Parameter<int> Lines { get; } = new("lines", "How many of the last lines Logs shows of each instance.") { Default = 100, Minimum = 1, Maximum = 100_000 };

    /// <summary>How many releases Prune leaves.</summary>
    public static Parameter<int> Keep { get; } = new("keep", "How many releases before the present one Prune and PromoteProduction leave on the hosts for a rollback.") { Default = 3, Minimum = 1, Maximum = 100 };

    /// <summary>Whether hosts are tidied after a promotion.</summary>
    public static Parameter<bool> Prune { get; } = new("prune", "PromoteProduction then removes from the hosts what is left of releases that no rollback needs; --keep says how many stay.") { Default = true };

    /// <summary>What says where users find an environment; null for one of another name.</summary>
    internal static Parameter<Uri>? UrlOf(string environment) => environment switch
    {
        EnvironmentNames.Staging => StagingUrl,
        EnvironmentNames.Production => ProductionUrl,
        _ => null,
    };

    private static string RepositoryText(string text)
    {
        try
        {
            return RegistryRepository.Parse(text).ToString();
        }
        catch (DeliveryException fault)
        {
            // The text was already shown before it.
            throw new FormatException(fault.Message.Replace($"'{text}' ", "", StringComparison.Ordinal), fault);
        }
    }

    private static Parameter<string> Host(string name, string environment) =>
        new(name, $"The Docker hosts of {environment}, separated by commas: unix://…, tcp://…, ssh://… or contexts, with ?address=… where their published ports are reached elsewhere.");

    private static Parameter<Uri> Url(string name, string environment) => new(name, $"Where users find {environment}, as GitHub and summaries link it; the address of its edge when not given.");

    private static Parameter<int> Port(string name, string description, int port) => new(name, description) { Default = port, Minimum = 1024, Maximum = 65535 };
}
