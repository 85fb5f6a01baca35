using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Sandbox.Storage;

/// <summary>How facts are written, in the data folder as in answers.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="IOException">The file does not hold what it should.</exception>
    public static T Read<T>(NumberedFiles files, int number)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(files.Read(number), Options) ?? throw new JsonException("it holds null");
        }
        catch (JsonException wrong)
        {
            throw new IOException($"{files.PathOf(number)} cannot be read ({wrong.Message}); delete it", wrong);
        }
    }
}
