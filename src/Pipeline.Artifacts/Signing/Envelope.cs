using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Signing;

/// <summary>
/// A document with its signatures, as DSSE defines it: https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md. What is signed is the type and the
/// bytes together, so that a document of one kind cannot pass for one of another.
/// </summary>
public sealed record Envelope
{
    /// <summary>The media type of an envelope.</summary>
    public const string MediaType = "application/vnd.dsse.envelope.v1+json";

    /// <summary>What kind of document it holds.</summary>
    [JsonPropertyName("payloadType")]
    public required string PayloadType { get; init; }

    /// <summary>The document.</summary>
    [JsonPropertyName("payload")]
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The signatures; any one of them by a trusted key is enough.</summary>
    [JsonPropertyName("signatures")]
    public required IReadOnlyList<EnvelopeSignature> Signatures { get; init; }

    /// <summary>Signs a document.</summary>
    public static Envelope Seal(string payloadType, ReadOnlyMemory<byte> payload, SigningKey key) => new()
    {
        PayloadType = payloadType,
        Payload = payload,
        Signatures = [new(key.PublicKey.Id, key.Sign(Signed(payloadType, payload.Span)))],
    };

    /// <summary>Reads an envelope. Nothing of it is verified yet.</summary>
    /// <exception cref="DeliveryException">The bytes are no envelope.</exception>
    public static Envelope Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return CanonicalJson.Read<Envelope>(json);
        }
        catch (JsonException malformed)
        {
            throw new DeliveryException($"the document is no DSSE envelope: {malformed.Message}; sign it anew", malformed);
        }
    }

    /// <summary>The bytes to store.</summary>
    public byte[] Write() => CanonicalJson.Write(this);

    /// <summary>Whether a key made one of the signatures.</summary>
    public bool IsSignedBy(VerificationKey key)
    {
        var signed = Signed(PayloadType, Payload.Span);
        return Signatures.Any(signature => key.Verifies(signed, signature.Bytes.Span));
    }

    /// <summary>The pre-authentication encoding: https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md#signature-definition.</summary>
    private static byte[] Signed(string payloadType, ReadOnlySpan<byte> payload) =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "), .. payload];
}

/// <summary>One signature of an envelope.</summary>
/// <param name="KeyId">Which key claims to have made it: a hint, which proves nothing.</param>
/// <param name="Bytes">The signature in DER.</param>
public sealed record EnvelopeSignature(
    [property: JsonPropertyName("keyid")] string KeyId, [property: JsonPropertyName("sig")] ReadOnlyMemory<byte> Bytes);
