using System.Runtime.InteropServices;
using Pipeline.Edge.Listening;
using Pipeline.Edge.Settings;
using Pipeline.Edge.Worker;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge run</c>: the worker itself.</summary>
internal static class RunCommand
{
    private static readonly string[] OwnOptions = ["directory", "listen", "settings", "name", "share-port"];

    public static async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        var directory = arguments.Option("directory");
        if (directory is null)
            faults.Add("edge run: --directory is missing; give the folder of this edge's routes and sockets");
        faults.AddRange(arguments.Words.Select(word => $"edge run: '{word}' belongs to no option"));
        var settings = SettingsReader.Read(arguments.Options.Where(option => !OwnOptions.Contains(option.Key)), arguments.Option("settings"), faults);
        var own = arguments.Option("share-port") is null ? SocketOwnership.Own : SocketOwnership.Shared;
        if (own == SocketOwnership.Shared && !OperatingSystem.IsLinux())
            faults.Add("edge run: --share-port is given; only Linux lets two edges listen on one address, so leave it out here");
        var sockets = faults.Count == 0 ? ListeningSocket.OpenAll(arguments.All("listen"), own, faults) : [];
        if (faults.Count > 0)
            return Faults.Report(faults);

        var full = Path.GetFullPath(directory!);
        CreatePrivate(full);
        var services = new EdgeServices(settings, TimeProvider.System, new EdgeLog(Console.Out, TimeProvider.System));
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        await new EdgeWorker(full, arguments.Option("name") ?? "edge", sockets, services).RunAsync(stop.Token);
        return ExitCodes.Done;
    }

    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
