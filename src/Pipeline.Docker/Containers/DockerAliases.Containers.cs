using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Starts a container and gives the first line that it writes: its id, when it is detached.</summary>
    [CakeMethodAlias]
    public static string? DockerRun(this ICakeContext context, string image, string? command, params string[] args) =>
        DockerRun(context, new DockerContainerRunSettings(), image, command, args);

    /// <summary>Starts a container and gives the first line that it writes: its id, when it is detached.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">The options.</param>
    /// <param name="image">The image.</param>
    /// <param name="command">What runs in place of the image's Cmd; null for that.</param>
    /// <param name="args">Its arguments.</param>
    [CakeMethodAlias]
    public static string? DockerRun(this ICakeContext context, DockerContainerRunSettings settings, string image, string? command, params string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        return Tool<DockerContainerRunSettings>(context, "run").RunWithResult(settings, Words(image, command, args)) is [var first, ..] ? first : null;
    }

    /// <summary>Starts a container whose output is the target's.</summary>
    [CakeMethodAlias]
    public static void DockerRunWithoutResult(this ICakeContext context, DockerContainerRunSettings settings, string image, string? command, params string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        Tool<DockerContainerRunSettings>(context, "run").Run(settings, Words(image, command, args));
    }

    /// <summary>Runs a program in a container.</summary>
    [CakeMethodAlias]
    public static void DockerExec(this ICakeContext context, string container, string command, params string[] args) =>
        DockerExec(context, new DockerContainerExecSettings(), container, command, args);

    /// <summary>Runs a program in a container.</summary>
    [CakeMethodAlias]
    public static void DockerExec(this ICakeContext context, DockerContainerExecSettings settings, string container, string command, params string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(container);
        ArgumentException.ThrowIfNullOrEmpty(command);
        Tool<DockerContainerExecSettings>(context, "exec").Run(settings, Words(container, command, args));
    }

    /// <summary>What a container wrote to its standard output, a line each; what it wrote to its standard error is the target's output.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerLogs(this ICakeContext context, string container) => DockerLogs(context, new DockerContainerLogsSettings(), container);

    /// <summary>What a container wrote to its standard output, a line each; what it wrote to its standard error is the target's output.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerLogs(this ICakeContext context, DockerContainerLogsSettings settings, string container)
    {
        ArgumentException.ThrowIfNullOrEmpty(container);
        return Tool<DockerContainerLogsSettings>(context, "logs").RunWithResult(settings, container);
    }

    /// <summary>The containers, a line each.</summary>
    [CakeMethodAlias]
    public static string DockerPs(this ICakeContext context, DockerContainerPsSettings settings) =>
        string.Join("\n", Tool<DockerContainerPsSettings>(context, "ps").RunWithResult(settings));

    /// <summary>Removes containers.</summary>
    [CakeMethodAlias]
    public static void DockerRm(this ICakeContext context, params string[] containers) => DockerRm(context, new DockerContainerRmSettings(), containers);

    /// <summary>Removes containers.</summary>
    [CakeMethodAlias]
    public static void DockerRm(this ICakeContext context, DockerContainerRmSettings settings, params string[] containers) =>
        Tool<DockerContainerRmSettings>(context, "rm").Run(settings, NotEmpty(containers));

    /// <summary>Starts containers that are there.</summary>
    [CakeMethodAlias]
    public static void DockerStart(this ICakeContext context, params string[] containers) =>
        Tool<DockerContainerStartSettings>(context, "start").Run(new(), NotEmpty(containers));

    /// <summary>Asks containers to end, and makes them after a while.</summary>
    [CakeMethodAlias]
    public static void DockerStop(this ICakeContext context, params string[] containers) => DockerStop(context, new DockerContainerStopSettings(), containers);

    /// <summary>Asks containers to end, and makes them after a while.</summary>
    [CakeMethodAlias]
    public static void DockerStop(this ICakeContext context, DockerContainerStopSettings settings, params string[] containers) =>
        Tool<DockerContainerStopSettings>(context, "stop").Run(settings, NotEmpty(containers));

    /// <summary>Copies between a container and this machine; the container's side is written <c>CONTAINER:PATH</c>.</summary>
    [CakeMethodAlias]
    public static void DockerCp(this ICakeContext context, string from, string to) => DockerCp(context, new DockerContainerCpSettings(), from, to);

    /// <summary>Copies between a container and this machine; the container's side is written <c>CONTAINER:PATH</c>.</summary>
    [CakeMethodAlias]
    public static void DockerCp(this ICakeContext context, DockerContainerCpSettings settings, string from, string to)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        Tool<DockerContainerCpSettings>(context, "cp").Run(settings, from, to);
    }

    private static IEnumerable<string> Words(string first, string? command, string[] args) => string.IsNullOrEmpty(command) ? [first] : [first, command, .. args];

    private static string[] NotEmpty(string[] containers)
    {
        ArgumentNullException.ThrowIfNull(containers);
        ArgumentOutOfRangeException.ThrowIfZero(containers.Length, nameof(containers));
        return containers;
    }
}
