using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.GitHub.Rehearsal.Expressions.Values;

/// <summary>Values from JSON and as JSON.</summary>
internal static class JsonValues
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ExpressionException">The text is no JSON.</exception>
    internal static Value Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Of(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new ExpressionException($"fromJSON was given no JSON: {fault.Message}", fault);
        }
    }

    internal static Value Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new ObjectValue(element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Of(member.Value)))),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(Of)]),
        JsonValueKind.String => Value.Of(element.GetString()!),
        JsonValueKind.Number => Value.Of(element.GetDouble()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        _ => Value.Null,
    };

    internal static string Write(Value value) => NodeOf(value)?.ToJsonString(Written) ?? "null";

    private static JsonNode? NodeOf(Value value) => value switch
    {
        ObjectValue map => new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Key, NodeOf(member.Value)))),
        ListValue list => new JsonArray([.. list.Items.Select(NodeOf)]),
        TextValue => JsonValue.Create(value.Text),
        NumberValue => double.IsFinite(value.Number) ? JsonNode.Parse(value.Text) : JsonValue.Create(value.Text),
        _ when ReferenceEquals(value, Value.Null) => null,
        _ => JsonValue.Create(value.Holds),
    };
}
