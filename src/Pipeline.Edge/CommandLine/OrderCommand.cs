using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Administration;

namespace Pipeline.Edge.CommandLine;

/// <summary>A command that gives a running edge an order.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Options">What it takes beside <c>--directory</c> and <c>--json</c>.</param>
/// <param name="Prepare">Reads its words: what to send, or null after adding faults.</param>
internal sealed record OrderCommand(
    string Name, IReadOnlyList<string> Options, Func<CommandArguments, List<string>, Func<ControlClient, long, Task<ControlAnswer>>?> Prepare)
{
    public static OrderCommand? Find(string name) => Array.Find(All, order => order.Name == name);

    public static OrderCommand[] All { get; } =
    [
        new("route", ["token", "backend", "routes", "none"], RouteOrder.Prepare),
        new("weights", ["token"], WeightsWords.Prepare),
        new("drain", ["at-most"], SimpleOrders.Drain),
        new("hold", ["token", "at-most"], SimpleOrders.Hold),
        new("release", ["token"], SimpleOrders.Release),
        new("status", [], SimpleOrders.Status),
        new("metrics", [], SimpleOrders.Metrics),
    ];

    public async Task<int> RunAsync(CommandArguments arguments, List<string> faults)
    {
        arguments.Only(["directory", "json", .. Options], faults);
        var directory = arguments.Option("directory");
        if (directory is null)
            faults.Add($"edge {Name}: --directory is missing; give the folder that `edge run` was given");
        var token = 0L;
        if (arguments.Option("token") is { } text && (!long.TryParse(text, out token) || token < 1))
            faults.Add($"--token is '{text}'; it is a fencing token, 1 or above");
        var send = Prepare(arguments, faults);
        if (faults.Count > 0 || send is null)
            return Faults.Report(faults);
        return await SendAsync(directory!, arguments, token, send);
    }

    private async Task<int> SendAsync(string directory, CommandArguments arguments, long token, Func<ControlClient, long, Task<ControlAnswer>> send)
    {
        using var client = ControlClient.For(directory);
        if (client is null)
            return Failed($"no edge has run in {Path.GetFullPath(directory)}; start one with `edge run --directory`");
        try
        {
            var fence = token > 0 || !Options.Contains("token") ? token : await PresentFenceAsync(client);
            return Report(await send(client, fence), arguments);
        }
        catch (HttpRequestException problem)
        {
            return Failed($"the edge of {Path.GetFullPath(directory)} does not answer ({problem.InnerException?.Message ?? problem.Message}); is it running?");
        }
    }

    // An operator without a lock acts on what is there now.
    private static async Task<long> PresentFenceAsync(ControlClient client)
    {
        var answer = await client.SendAsync(HttpMethod.Get, "/status");
        return JsonSerializer.Deserialize(answer.Body, EdgeJson.Compact.StatusDocument)?.Fence ?? 0;
    }

    private int Report(ControlAnswer answer, CommandArguments arguments)
    {
        var json = arguments.Option("json") is not null;
        if (answer.Status == StatusCodes.Status200OK)
        {
            Console.Out.WriteLine(json || Name is "metrics" ? answer.Body.TrimEnd() : StatusText.Render(answer.Body));
            return ExitCodes.Done;
        }
        if (json)
            Console.Out.WriteLine(answer.Body);
        var error = JsonSerializer.Deserialize(answer.Body, EdgeJson.Compact.ErrorAnswer)?.Error ?? answer.Body;
        Console.Error.WriteLine($"edge {Name}: {error}");
        return answer.Status switch
        {
            StatusCodes.Status400BadRequest => ExitCodes.Misuse,
            StatusCodes.Status409Conflict => ExitCodes.Refused,
            _ => ExitCodes.Failed,
        };
    }

    private int Failed(string problem)
    {
        Console.Error.WriteLine($"edge {Name}: {problem}");
        return ExitCodes.Failed;
    }
}
