using System.Text.Json.Serialization;

namespace Pipeline.Delivery.Environments;

/// <summary>One of the two sides of a blue-green environment.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
public enum Colour
{
    /// <summary>The first side.</summary>
    [JsonStringEnumMemberName("blue")] Blue,

    /// <summary>The other side.</summary>
    [JsonStringEnumMemberName("green")] Green,
}

/// <summary>Names and opposites of colours.</summary>
public static class Colours
{
    /// <summary>The other side.</summary>
    public static Colour Other(this Colour colour) => colour == Colour.Blue ? Colour.Green : Colour.Blue;

    /// <summary>The name of the side on the edge and in instance ids: <c>blue</c> or <c>green</c>.</summary>
    public static string Name(this Colour colour) => colour == Colour.Blue ? "blue" : "green";
}
