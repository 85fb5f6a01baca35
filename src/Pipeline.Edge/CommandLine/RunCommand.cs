using Pipeline.Edge.Listening;
using Pipeline.Edge.Listening.Lending;
using Pipeline.Edge.Settings;
using Pipeline.Edge.Worker;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge run</c>: the worker itself.</summary>
internal static class RunCommand
{
    private static readonly string[] OwnOptions = ["directory", "listen", "settings", "name", "share-port", "door"];

    public static async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        var directory = arguments.Option("directory");
        if (directory is null)
            faults.Add("edge run: --directory is missing; give the folder of this edge's routes and sockets");
        faults.AddRange(arguments.Words.Select(word => $"edge run: '{word}' belongs to no option"));
        var settings = SettingsReader.Read(arguments.Options.Where(option => !OwnOptions.Contains(option.Key)), arguments.Option("settings"), faults);
        var full = Path.GetFullPath(directory ?? ".");
        CheckListening(arguments, full, faults);
        if (faults.Count > 0)
            return Faults.Report(faults);

        using var stop = new StopSignals();
        var sockets = await OpenAsync(arguments, full, faults, stop.Token);
        if (faults.Count > 0)
            return Faults.Report(faults);
        EdgeFolder.Create(full);
        var services = new EdgeServices(settings, TimeProvider.System, new EdgeLog(Console.Out, TimeProvider.System));
        await new EdgeWorker(full, arguments.Option("name") ?? "edge", sockets, services).RunAsync(stop.Token);
        return ExitCodes.Done;
    }

    private static void CheckListening(CommandArguments arguments, string directory, List<string> faults)
    {
        var (door, share) = (arguments.Option("door") is not null, arguments.Option("share-port") is not null);
        if ((door || share) && !OperatingSystem.IsLinux())
            faults.Add($"edge run: {(door ? "--door" : "--share-port")} is given; only Linux lets two edges listen on one address, so leave it out here");
        if (!door)
            return;
        if (share || arguments.All("listen").Count > 0)
            faults.Add("edge run: --door is given, which brings the sockets; leave --listen and --share-port out");
        new LendingPlaces(directory).Check("run", faults);
    }

    private static async Task<IReadOnlyList<ListeningSocket>> OpenAsync(CommandArguments arguments, string directory, List<string> faults, CancellationToken stop)
    {
        if (arguments.Option("door") is null)
            return ListeningSocket.OpenAll(arguments.All("listen"), arguments.Option("share-port") is null ? SocketOwnership.Own : SocketOwnership.Shared, faults);
        try
        {
            return await DoorSockets.BorrowAsync(new LendingPlaces(directory), TimeProvider.System, faults, stop);
        }
        catch (OperationCanceledException)
        {
            faults.Add("edge run: stopped while it waited for its door");
            return [];
        }
    }
}
