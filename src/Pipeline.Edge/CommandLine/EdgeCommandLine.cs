namespace Pipeline.Edge.CommandLine;

/// <summary>The commands of the program.</summary>
internal static class EdgeCommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var faults = new List<string>();
        var parsed = CommandArguments.Parse(arguments.Skip(1), faults);
        var command = arguments.Length == 0 ? "help" : arguments[0];
        if (command is "help" or "--help" or "-h" || parsed.Option("help") is not null)
        {
            await Console.Out.WriteAsync(Usage.Text);
            return ExitCodes.Done;
        }
        if (command == "run")
            return await RunCommand.RunAsync(parsed, faults);
        if (command == "door")
            return await DoorCommand.RunAsync(parsed, faults);
        if (command == "keep")
            return await KeepCommand.RunAsync(parsed, faults);
        if (command == "relay")
            return await RelayCommand.RunAsync(parsed, faults);
        if (OrderCommand.Find(command) is { } order)
            return await order.RunAsync(parsed, faults);
        faults.Add($"'{command}' is no command; there are run, door, keep, relay, route, weights, drain, hold, release, status, metrics and help");
        return Faults.Report(faults);
    }
}
