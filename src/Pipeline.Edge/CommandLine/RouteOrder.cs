using System.Globalization;
using System.Text.Json;
using Pipeline.Edge.Administration;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge route</c>: all routes at once, from the command line, a file or standard input.</summary>
internal static class RouteOrder
{
    public static Func<ControlClient, long, Task<ControlAnswer>>? Prepare(CommandArguments arguments, List<string> faults)
    {
        var given = arguments.All("backend");
        var file = arguments.Option("routes");
        var none = arguments.Option("none") is not null;
        faults.AddRange(arguments.Words.Select(word => $"edge route: '{word}' belongs to no option"));
        if ((given.Count > 0 ? 1 : 0) + (file is null ? 0 : 1) + (none ? 1 : 0) != 1)
            faults.Add("edge route: give the routes in exactly one way: --backend COLOUR,DIGEST,WEIGHT,ADDRESS… for each, --routes FILE (- for standard input), or --none");
        var routes = file is not null ? FromFile(file, faults) : new RouteDocument(0, [.. given.Select(text => FromText(text, faults)).OfType<BackendDocument>()]);
        if (faults.Count == 0)
            faults.AddRange(RouteValidation.Faults(routes));
        return faults.Count > 0 ? null : (client, fence) =>
            client.SendAsync(HttpMethod.Put, "/routes", routes with { Fence = Math.Max(fence, routes.Fence) }, EdgeJson.Compact.RouteDocument);
    }

    private static RouteDocument FromFile(string file, List<string> faults)
    {
        try
        {
            var text = file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
            return JsonSerializer.Deserialize(text, EdgeJson.Compact.RouteDocument) ?? RouteDocument.None;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            faults.Add($"--routes {file}: {problem.Message}; write {{\"backends\":[{{\"colour\",\"digest\",\"weight\",\"destinations\":[{{\"instance\",\"address\"}}]}}]}}");
            return RouteDocument.None;
        }
    }

    private static BackendDocument? FromText(string text, List<string> faults)
    {
        var parts = text.Split(',');
        if (parts.Length < 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
        {
            faults.Add($"--backend is '{text}'; write COLOUR,DIGEST,WEIGHT and then addresses, separated by commas: blue,sha256:…,100,http://127.0.0.1:5001");
            return null;
        }
        return new BackendDocument(parts[0], parts[1], weight, [.. parts.Skip(3).Select((part, index) => Destination(parts[0], part, index + 1))]);
    }

    private static DestinationDocument Destination(string colour, string text, int number) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
            ? new DestinationDocument(text[..sign], text[(sign + 1)..])
            : new DestinationDocument($"{colour}-{number}", text);
}
