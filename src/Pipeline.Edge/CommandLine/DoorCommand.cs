using Pipeline.Edge.Listening.Lending;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge door</c>: opens the address that users come to and lends it to the edge of a folder, which may be in another network.</summary>
internal static class DoorCommand
{
    private static readonly string[] Options = ["directory", "listen"];

    public static async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        var directory = arguments.Option("directory");
        if (directory is null)
            faults.Add("edge door: --directory is missing; give the folder of the edge that is behind this door");
        if (arguments.All("listen").Count == 0)
            faults.Add("edge door: nothing to listen on; give --listen 0.0.0.0:8080");
        if (!OperatingSystem.IsLinux())
            faults.Add("edge door: only Linux lends listening sockets in this way; use `edge run --listen`");
        arguments.Only(Options, faults);
        faults.AddRange(arguments.Words.Select(word => $"edge door: '{word}' belongs to no option"));
        var places = new LendingPlaces(Path.GetFullPath(directory ?? "."));
        places.Check("door", faults);
        if (faults.Count > 0)
            return Faults.Report(faults);

        EdgeFolder.Create(places.Directory);
        using var stop = new StopSignals();
        var sockets = DoorSockets.Open(places, arguments.All("listen"), faults);
        if (faults.Count > 0)
            return Faults.Report(faults);
        var log = new EdgeLog(Console.Out, TimeProvider.System);
        await using var lender = new SocketLender(places.Door, sockets, log, TimeProvider.System);
        lender.Place();
        log.Write($"door {places.Directory} listens on {string.Join(", ", sockets.Select(socket => socket.Address))} as process {Environment.ProcessId}");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The sockets are not closed here: an edge that has them goes on, and the system closes this process's own with it.
        GC.KeepAlive(sockets);
        return ExitCodes.Done;
    }
}
