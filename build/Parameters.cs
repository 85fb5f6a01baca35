using Build.Environments.Stages;
using Pipeline.Targets;

namespace Build;

/// <summary>What can be said to this build program, beside what every application has (<see cref="DeliveryParameters"/>).</summary>
public static class Parameters
{
    public static Parameter<string> Engine { get; } = new("engine", "What runs the environments: docker where a base image is named and an engine answers, else process.")
    {
        Allowed = [EngineChoice.Process, EngineChoice.Docker],
    };

    public static Parameter<string> Service { get; } = new("service", "The beginning of all names on a Docker host, where several services share one.") { Default = "shop" };

    public static Parameter<string> SandboxImage { get; } = new("sandbox-image", "The sandbox's image on Docker hosts; without it one is made here of this machine's packages.");

    public static Parameter<int> Coverage { get; } =
        new("coverage", "The share of lines, in percent, that tests must run.") { Default = 75, Minimum = 0, Maximum = 100 };

    public static Parameter<bool> SecondTry { get; } =
        new("second-try", "Test and EndToEnd run what failed once more, and name what passed only then: for machines that others use too.");

    public const string AuditDataRequired = "required";

    public static Parameter<string> AuditData { get; } = new("audit-data", "Whether Audit fails where no source of packages tells of vulnerabilities, or says so and goes on.")
    {
        Default = "optional",
        Allowed = ["optional", AuditDataRequired],
    };

    public static Parameter<string> Since { get; } = new("since", "The commit, tag or branch that others have already: Audit looks for secrets in later commits; what origin has, when not given.");

    public static Parameter<string> Runtimes { get; } = new("runtimes", "What BuildRuntimes builds the Shop for, as linux-x64,linux-arm64,win-x64.");

    public static Parameter<string> Output { get; } = new("output", "The folder that ExportCompose writes compose files into; the repository when not given.");
}
