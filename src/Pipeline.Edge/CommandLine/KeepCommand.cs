using Pipeline.Edge.Keeping;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge keep</c>: sees to it that an edge serves, whichever.</summary>
internal static class KeepCommand
{
    private static readonly string[] OwnOptions = ["directory", "listen", "settings", "name", "door"];
    private static readonly string[] Sharing = ["--share-port"];

    public static async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        var directory = arguments.Option("directory");
        if (directory is null && arguments.Options.Count > 0)
            faults.Add("edge keep: --directory is missing; give the folder of this edge's routes and sockets, or no option at all to stay without an edge");
        var door = arguments.Option("door") is not null;
        if (directory is not null && !door && arguments.All("listen").Count == 0)
            faults.Add("edge keep: nothing to listen on; give --listen 0.0.0.0:8080, or --door where a door has it");
        if (door && arguments.All("listen").Count > 0)
            faults.Add("edge keep: --door is given, which brings the sockets; leave --listen out");
        if (!OperatingSystem.IsLinux())
            faults.Add("edge keep: it is the first process of a container, and this system is not Linux; use `edge run`");
        faults.AddRange(arguments.Words.Select(word => $"edge keep: '{word}' belongs to no option"));
        // What the edge would refuse is refused here, where it can still be corrected.
        SettingsReader.Read(arguments.Options.Where(option => !OwnOptions.Contains(option.Key)), arguments.Option("settings"), faults);
        if (faults.Count > 0)
            return Faults.Report(faults);

        using var stop = new StopSignals();
        var log = new EdgeLog(Console.Out, TimeProvider.System);
        var worker = new WorkerCommand([.. arguments.Options.Select(option => $"--{option.Key}={option.Value}"), .. door ? [] : Sharing]);
        await new Keeper(directory is null ? null : Path.GetFullPath(directory), worker, TimeProvider.System, log).RunAsync(stop.Token);
        return ExitCodes.Done;
    }
}
