using System.Text.Json;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Evidence;

/// <summary>Masks the texts inside a JSON value and leaves it valid JSON.</summary>
internal static class MaskedJson
{
    internal static JsonElement Mask(JsonElement element, SecretMasker masker)
    {
        if (masker.LongestPattern == 0)
            return element;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(element, masker, json);
        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(JsonElement element, SecretMasker masker, Utf8JsonWriter json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    json.WritePropertyName(masker.Mask(property.Name));
                    Write(property.Value, masker, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, masker, json);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(masker.Mask(element.GetString()!));
                break;
            case JsonValueKind.Number when masker.Mask(element.GetRawText()) != element.GetRawText():
                json.WriteStringValue(SecretMasker.Mark);
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
