using Pipeline.Edge.Administration;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.CommandLine;

/// <summary>The orders that need no more than a word or two.</summary>
internal static class SimpleOrders
{
    public static Func<ControlClient, long, Task<ControlAnswer>>? Drain(CommandArguments arguments, List<string> faults)
    {
        if (arguments.Words is not ["blue"] and not ["green"])
            faults.Add($"edge drain: '{string.Join(' ', arguments.Words)}' is no colour; write blue or green");
        var atMost = Time(arguments, "30s", faults);
        return (client, _) => client.SendAsync(HttpMethod.Post, $"/drain?colour={arguments.Words[0]}&atMost={atMost}");
    }

    public static Func<ControlClient, long, Task<ControlAnswer>>? Hold(CommandArguments arguments, List<string> faults)
    {
        NoWords("hold", arguments, faults);
        var atMost = Time(arguments, "10s", faults);
        return (client, fence) => client.SendAsync(HttpMethod.Post, "/hold", new HoldOrder(fence, atMost), EdgeJson.Compact.HoldOrder);
    }

    public static Func<ControlClient, long, Task<ControlAnswer>>? Release(CommandArguments arguments, List<string> faults)
    {
        NoWords("release", arguments, faults);
        return (client, fence) => client.SendAsync(HttpMethod.Post, "/release", new HoldOrder(fence, null), EdgeJson.Compact.HoldOrder);
    }

    public static Func<ControlClient, long, Task<ControlAnswer>>? Status(CommandArguments arguments, List<string> faults)
    {
        NoWords("status", arguments, faults);
        return (client, _) => client.SendAsync(HttpMethod.Get, "/status");
    }

    public static Func<ControlClient, long, Task<ControlAnswer>>? Metrics(CommandArguments arguments, List<string> faults)
    {
        NoWords("metrics", arguments, faults);
        return (client, _) => client.SendAsync(HttpMethod.Get, "/metrics");
    }

    private static string Time(CommandArguments arguments, string otherwise, List<string> faults)
    {
        var text = arguments.Option("at-most") ?? otherwise;
        if (Quantities.Duration(text) is null)
            faults.Add($"--at-most is '{text}'; write a time like 500ms, 10s or 1m");
        return text;
    }

    private static void NoWords(string command, CommandArguments arguments, List<string> faults) =>
        faults.AddRange(arguments.Words.Select(word => $"edge {command}: '{word}' belongs to no option"));
}
