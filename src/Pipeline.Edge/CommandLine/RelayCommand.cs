using System.Net.Sockets;
using Pipeline.Relay;
using Pipeline.Relay.Targets;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge relay</c>: joins standard input and output with what this container reaches.</summary>
internal static class RelayCommand
{
    public static async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        arguments.Only([], faults);
        if (arguments.Words.Count > 1)
            faults.Add($"edge relay: '{string.Join(' ', arguments.Words)}' are {arguments.Words.Count} targets; give one, or none to carry many connections");
        var target = arguments.Words.Count == 1 ? Parse(arguments.Words[0], faults) : null;
        if (faults.Count > 0)
            return Faults.Report(faults);
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        try
        {
            await (target is null ? CarryAsync(input, output) : JoinAsync(target, input, output));
            return ExitCodes.Done;
        }
        catch (IOException problem)
        {
            await Console.Error.WriteLineAsync($"edge relay: {problem.Message}");
            return ExitCodes.Failed;
        }
    }

    private static RelayTarget? Parse(string text, List<string> faults)
    {
        try
        {
            return RelayTarget.Parse(text);
        }
        catch (RelayException problem)
        {
            faults.Add(problem.Message);
            return null;
        }
    }

    private static async Task CarryAsync(Stream input, Stream output)
    {
        using var session = new RelaySession(input, output);
        await session.ServeAsync(CancellationToken.None);
    }

    private static async Task JoinAsync(RelayTarget target, Stream input, Stream output)
    {
        using var socket = await target.ConnectAsync(CancellationToken.None);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await Task.WhenAll(SendAsync(), ReceiveAsync());

        async Task SendAsync()
        {
            await input.CopyToAsync(stream);
            socket.Shutdown(SocketShutdown.Send);
        }

        async Task ReceiveAsync()
        {
            await stream.CopyToAsync(output);
            StandardOutput.Close();
        }
    }
}
