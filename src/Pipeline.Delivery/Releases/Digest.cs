using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Delivery.Releases;

/// <summary>
/// The name of an artifact by its content: <c>sha256:</c> and 64 lower-case hexadecimal digits.
/// See the OCI image specification, "Digests": https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests.
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string? value;

    private Digest(string value) => this.value = value;

    /// <summary>The whole text, <c>sha256:…</c>.</summary>
    public string Value => value ?? throw new InvalidOperationException("this digest was never set; parse one with Digest.Parse");

    /// <summary>The 64 hexadecimal digits alone: the file name of a blob in an OCI layout.</summary>
    public string Hex => Value[Prefix.Length..];

    /// <summary>The first 12 hexadecimal digits, for people.</summary>
    public string Abbreviated => Hex[..12];

    /// <summary>Reads a digest.</summary>
    /// <exception cref="FormatException">The text is not a sha256 digest.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest)
        ? digest
        : throw new FormatException($"'{text}' is no digest; write sha256: and 64 lower-case hexadecimal digits");

    /// <summary>Reads a digest, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        var valid = text is not null
            && text.Length == Prefix.Length + HexLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        digest = valid ? new Digest(text!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => value ?? "(no digest)";
}

internal sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
