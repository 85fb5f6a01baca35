using System.Globalization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Supervision;
using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Launching;

namespace Pipeline.Engines.Processes;

/// <summary>An instance as a process, and a process as the instance that it is.</summary>
internal static class InstanceProcess
{
    internal const string PortVariable = "PORT";
    internal const string DigestVariable = "PIPELINE_DIGEST";
    internal const string ColourVariable = "PIPELINE_COLOUR";
    internal const string SettingsVariable = "PIPELINE_SETTINGS";
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
        if (Port(state) is not { } port || !Digest.TryParse(Variable(state, DigestVariable), out var digest)
            || !Enum.TryParse<Colour>(Variable(state, ColourVariable), ignoreCase: true, out var colour)
            || Variable(state, SettingsVariable) is not { } settings)
        {
            return null;
        }
        return new Instance(
            Path.GetFileName(state.Specification.Directory), colour, digest, settings, new Uri($"http://127.0.0.1:{port}/"), state.Running, state.StartedAt,
            state.Restarts, state.LastExit);
    }

    /// <summary>The port that a process was given.</summary>
    internal static int? Port(ProcessState? state) =>
        int.TryParse(state?.Specification.Environment.GetValueOrDefault(PortVariable), CultureInfo.InvariantCulture, out var port) ? port : null;

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
        environment[PortVariable] = port.ToString(CultureInfo.InvariantCulture);
        environment[DigestVariable] = instance.Digest.Value;
        environment[ColourVariable] = instance.Colour.Name();
        environment[SettingsVariable] = instance.SettingsFingerprint();
        return environment;
    }
}
