using Build.Environments.Stages;
using Pipeline.Applications.Images;
using Pipeline.Targets;

namespace Build;

/// <summary>What can be said to this build program, beside what every application has (<see cref="DeliveryParameters"/>).</summary>
public static class Parameters
{
    public static Parameter<string> Engine { get; } = new("engine", "What runs the environments; when not given docker where --staging-host or --production-host names hosts, else what an earlier run put them on, else docker where an engine of this machine answers and --base-image is named, else process.")
    {
        Allowed = [EngineChoice.Process, EngineChoice.Docker],
    };

    public static Parameter<string> Service { get; } = new("service", "The beginning of all names on a Docker host, where several services share one.") { Default = "shop" };

    public static Parameter<string> SandboxImage { get; } = new("sandbox-image", "The sandbox's image on Docker hosts, by digest; without it one is made here of this machine's packages.") { Parse = PinnedImage.Parse };

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

    public static Parameter<string> Output { get; } = new("output", "The folder that ExportCompose writes compose files into; .pipeline/compose when not given.");

    public static Parameter<string> Workflow { get; } = new("workflow", "The workflow that RehearseWorkflow runs: a file of .github/workflows, with or without .yml.");

    public static Parameter<string> Job { get; } = new("job", "The only job that RehearseWorkflow runs; what it needs is taken from the last rehearsal of this commit, or runs before it.");

    public static Parameter<string> Event { get; } = new("event", "What begins the rehearsed workflow: push, pull_request, workflow_dispatch, merge_group or schedule; the first of them that can when not given.");

    public static Parameter<string> Inputs { get; } = new("inputs", "What is entered into a rehearsed workflow that a person starts, as name=value,name=value; \\, is a comma within a value.");

    public static Parameter<string> Variables { get; } = new("variables", "A .env file with the repository's variables for RehearseWorkflow; FILE.production beside it holds those of the environment production.");

    public static Parameter<string> Secrets { get; } = new("secrets", "A .env file with the repository's secrets for RehearseWorkflow; FILE.production beside it holds those of the environment production.");

    public static Parameter<bool> KeepClones { get; } = new("keep-clones", "RehearseWorkflow leaves its clones for looking.");

    public static Parameter<bool> WithEvidence { get; } =
        new("with-evidence", "Jobs that need no other begin with the evidence and artifacts of this clone, and every job has its compiled build program, which a runner does not have: what holds for this commit is not done again.");
}
