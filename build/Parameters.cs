using Build.Environments;
using Build.Environments.Stages;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build;

/// <summary>What can be said on the command line, or as PIPELINE_NAME in the environment.</summary>
public static class Parameters
{
    public static Parameter<string> Engine { get; } = new("engine", "What runs the environments: docker where a base image is named and an engine answers, else process.")
    {
        Allowed = [EngineChoice.Process, EngineChoice.Docker],
    };

    public static Parameter<string> StagingHost { get; } = Host("staging-host", "staging");

    public static Parameter<string> ProductionHost { get; } = Host("production-host", "production");

    public static Parameter<string> Service { get; } = new("service", "The beginning of all names on a Docker host, where several services share one.") { Default = "shop" };

    public static Parameter<string> EdgeImage { get; } = new("edge-image", "The edge's image on Docker hosts; without it one is made here of this machine's packages.");

    public static Parameter<string> PostgresImage { get; } =
        new("postgres-image", "The database's image on Docker hosts, such as postgres:17 by digest; without it one is made here of this machine's packages.");

    public static Parameter<string> SandboxImage { get; } = new("sandbox-image", "The sandbox's image on Docker hosts; without it one is made here of this machine's packages.");

    public static Parameter<string> Environment { get; } =
        new("environment", "The environment that Rollback, PostDeployVerify, SmokeTest, Status, Logs, Shell, Prune and ExportCompose are about.") { Allowed = [Staging.Name, Production.Name] };

    public static Parameter<string> Release { get; } =
        new("release", "A release that is there already, by digest, beginning of a digest, or version; nothing is built then.");

    public static Parameter<string> Registry { get; } =
        new("registry", "The repository, as host:port/name, that PushImage sends the artifact to and that a --release is fetched from.") { Parse = RepositoryText };

    public static Parameter<string> InsecureRegistry { get; } =
        new("insecure-registry", "Registries, as host:port separated by commas, that are spoken to over http; those on this machine are anyway.");

    public static Parameter<string> Reason { get; } = new("reason", "Why, for the record; needed where there is no way back.");

    public static Parameter<TimeSpan> Watch { get; } = new("watch", "How long a release is judged under traffic before it counts as good.")
    {
        Default = TimeSpan.FromSeconds(15),
        Minimum = TimeSpan.FromSeconds(1),
        Maximum = TimeSpan.FromHours(24),
    };

    public static Parameter<bool> Json { get; } = new("json", "Status writes one JSON document to standard output, and everything else goes to standard error.");

    public static Parameter<bool> DeleteData { get; } = new("delete-data", "Down also forgets all databases, secrets and the ledger.");

    public static Parameter<string> OnCall { get; } = new("on-call", "Who answers for the deployment, by name; the person who runs it when not given.");

    public static Parameter<string> Announced { get; } = new("announced", "Where stakeholders were told of the deployment: a channel, a message, a ticket.");

    public static Parameter<int> StagingPort { get; } = Port("staging-port", "The port of staging's edge.", Staging.DefaultPort);

    public static Parameter<int> ProductionPort { get; } = Port("production-port", "The port of production's edge.", Production.DefaultPort);

    public static Parameter<int> Coverage { get; } =
        new("coverage", "The share of lines, in percent, that tests must run.") { Default = 75, Minimum = 0, Maximum = 100 };

    public static Parameter<bool> SecondTry { get; } =
        new("second-try", "Test and EndToEnd run what failed once more, and name what passed only then: for machines that others use too.");

    public static Parameter<string> BaseImage { get; } =
        new("base-image", "The image that the application's layers lie upon, which containers need: an OCI layout (a folder, or oci:FOLDER@DIGEST) or an image in a registry (host:port/name@DIGEST). Without it the artifact is the application alone.");

    public static Parameter<string> Recipe { get; } = new("recipe", "The image that BuildBaseImage makes.")
    {
        Default = "base",
        Allowed = ["base", "postgres", "node", "edge", "sandbox"],
    };

    public static Parameter<string> Suite { get; } = new("suite", "The release of Debian that BuildBaseImage installs.") { Default = "bookworm" };

    public static Parameter<string> Packages { get; } = new("packages", "Further packages of Debian for BuildBaseImage, separated by commas.");

    public static Parameter<bool> Renew { get; } = new("renew", "BuildBaseImage makes the image anew, with the packages of today.");

    public static Parameter<string> TrustedKeys { get; } =
        new("trusted-keys", "Whose signatures on artifacts count: a file of public keys in PEM, or the keys themselves. Only these count then, not this machine's own.");

    public static Parameter<string> Instance { get; } = new("instance", "The instance that Logs and Shell are about, as Status names it; for Logs all when not given.");

    public static Parameter<bool> Follow { get; } = new("follow", "Logs goes on with the lines that come, until it is stopped.");

    public static Parameter<int> Lines { get; } = new("lines", "How many of the last lines Logs shows of each instance.") { Default = 100, Minimum = 1, Maximum = 100_000 };

    public static Parameter<int> Keep { get; } = new("keep", "How many releases before the present one Prune leaves for a rollback.") { Default = 3, Minimum = 1, Maximum = 100 };

    public static Parameter<string> Output { get; } = new("output", "The folder that ExportCompose writes compose files into; the repository when not given.");

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

    private static Parameter<int> Port(string name, string description, int port) => new(name, description) { Default = port, Minimum = 1024, Maximum = 65535 };
}
