using System.Globalization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Instances;
using Pipeline.Supervision;
using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Launching;

namespace Pipeline.Engines.Processes;

/// <summary>An instance as a process, and a process as the instance that it is.</summary>
internal static class InstanceProcess
{
    private const string Dotnet = "dotnet";

    // These name places inside the image, which are elsewhere on this machine.
    private static readonly string[] PlacesInsideTheImage = ["PATH", "HOME", "DOTNET_ROOT"];

    internal static ProcessSpecification Of(InstanceSpecification instance, ApplicationFiles application, string folder, int port) => new()
    {
        Directory = folder,
        FileName = application.Command[0] == Dotnet ? DotnetHost.Path : application.Command[0],
        Arguments = [.. application.Command.Skip(1)],
        WorkingDirectory = application.WorkingDirectory,
        Environment = EnvironmentOf(instance, application, port),
        StopTimeout = instance.StopTimeout,
    };

    /// <summary>The instance of a process; null when the process is none.</summary>
    internal static Instance? Observed(ProcessState state)
    {
        if (Port(state) is not { } port || !Digest.TryParse(Variable(state, InstanceVariables.Digest), out var digest)
            || !Enum.TryParse<Colour>(Variable(state, InstanceVariables.Colour), ignoreCase: true, out var colour)
            || Variable(state, InstanceVariables.Settings) is not { } settings)
        {
            return null;
        }
        return new Instance(
            Path.GetFileName(state.Specification.Directory), colour, digest, settings, new Uri($"http://127.0.0.1:{port}/"), state.Running, state.StartedAt,
            state.Restarts, state.LastExit);
    }

    /// <summary>The port that a process was given.</summary>
    internal static int? Port(ProcessState? state) =>
        int.TryParse(state?.Specification.Environment.GetValueOrDefault(InstanceVariables.Port), CultureInfo.InvariantCulture, out var port) ? port : null;

    // What a living process was really started with goes before what is written down.
    private static string? Variable(ProcessState state, string name) =>
        (state.ProcessId is { } running ? ProcessEnvironment.Variable(running, name) : null) ?? state.Specification.Environment.GetValueOrDefault(name);

    private static Dictionary<string, string> EnvironmentOf(InstanceSpecification instance, ApplicationFiles application, int port)
    {
        var environment = application.Environment.Where(pair => !PlacesInsideTheImage.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        // An application with a launcher of its own finds the runtime by this.
        environment["DOTNET_ROOT"] = Path.GetDirectoryName(DotnetHost.Path)!;
        foreach (var (name, value) in instance.Settings)
            environment[name] = value;
        environment[InstanceVariables.Port] = port.ToString(CultureInfo.InvariantCulture);
        environment[InstanceVariables.Digest] = instance.Digest.Value;
        environment[InstanceVariables.Colour] = instance.Colour.Name();
        environment[InstanceVariables.Settings] = instance.SettingsFingerprint();
        return environment;
    }
}
