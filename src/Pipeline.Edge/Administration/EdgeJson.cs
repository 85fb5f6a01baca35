using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Edge.Journal;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Administration;

/// <summary>JSON as the edge writes it: camelCase, generated at compile time so that a start does not pay for it.</summary>
internal static class EdgeJson
{
    public static EdgeJsonContext Compact { get; } = new(Options(indented: false));

    public static EdgeJsonContext Readable { get; } = new(Options(indented: true));

    private static JsonSerializerOptions Options(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

[JsonSerializable(typeof(JournalDocument))]
[JsonSerializable(typeof(RouteDocument))]
[JsonSerializable(typeof(WeightsOrder))]
[JsonSerializable(typeof(HoldOrder))]
[JsonSerializable(typeof(DrainAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(SocketPaths))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class EdgeJsonContext : JsonSerializerContext;
