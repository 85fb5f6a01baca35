using System.Security.Cryptography;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Signing;

/// <summary>The public half of a signing key: ECDSA on the curve P-256 with SHA-256.</summary>
public sealed record VerificationKey
{
    private const int ShownDigits = 16;
    private readonly byte[] encoded;

    private VerificationKey(byte[] encoded) => (this.encoded, Id) = (encoded, Convert.ToHexStringLower(SHA256.HashData(encoded)));

    /// <summary>The key's name: sha256 of its SubjectPublicKeyInfo (https://www.rfc-editor.org/rfc/rfc5280#section-4.1), lower-case hexadecimal.</summary>
    public string Id { get; }

    /// <summary>The first 16 digits of <see cref="Id"/>, for people.</summary>
    public string Abbreviated => Id[..ShownDigits];

    /// <summary>The key as PEM, <c>-----BEGIN PUBLIC KEY-----</c>, without a line end at its end.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", encoded);

    /// <summary>Reads every public key of a PEM text; what stands around and between them is comment.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="DeliveryException">There is no key, a private one, or one of another kind; all faults are named.</exception>
    public static IReadOnlyList<VerificationKey> ReadAll(string pem, string source)
    {
        var (keys, faults) = (new List<VerificationKey>(), new List<string>());
        var rest = pem.AsSpan();
        for (var number = 1; PemEncoding.TryFind(rest, out var block); number++, rest = rest[block.Location.End..])
        {
            var label = rest[block.Label];
            try
            {
                keys.Add(label is "PUBLIC KEY"
                    ? FromEncoded(Convert.FromBase64String(rest[block.Base64Data].ToString()))
                    : throw new CryptographicException($"it is a {label}{(label.Contains("PRIVATE", StringComparison.Ordinal) ? ", which must not lie here: take it away and count it as known to others" : "")}"));
            }
            catch (CryptographicException fault)
            {
                faults.Add($"block {number} is no public key of ECDSA P-256: {fault.Message}");
            }
        }
        if (keys.Count == 0 && faults.Count == 0)
            faults.Add("it holds no public key (-----BEGIN PUBLIC KEY-----)");
        return faults.Count == 0
            ? keys
            : throw new DeliveryException($"{source}: {string.Join("; ", faults)}; write public keys there, such as openssl ec -pubout makes of a P-256 key");
    }

    /// <summary>The only key of a PEM text; null when there is none, more than one, or one of another kind.</summary>
    public static VerificationKey? TryRead(string pem)
    {
        try
        {
            return ReadAll(pem, "") is [var key] ? key : null;
        }
        catch (DeliveryException)
        {
            return null;
        }
    }

    /// <summary>Whether a signature (in DER, as openssl writes it) of these bytes was made with the private half.</summary>
    public bool Verifies(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = Import(encoded);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc />
    public bool Equals(VerificationKey? other) => other is not null && Id == other.Id;

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <inheritdoc />
    public override string ToString() => Abbreviated;

    internal static VerificationKey Of(ECDsa key) => new(key.ExportSubjectPublicKeyInfo());

    /// <summary>Each system's library calls the curve otherwise, or by its number alone.</summary>
    internal static bool IsOnRightCurve(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid is { Value: "1.2.840.10045.3.1.7" } or { FriendlyName: "nistP256" or "ECDSA_P256" };

    private static VerificationKey FromEncoded(byte[] encoded)
    {
        using var key = Import(encoded);
        return IsOnRightCurve(key) ? Of(key) : throw new CryptographicException("it lies on another curve");
    }

    private static ECDsa Import(byte[] encoded)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(encoded, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
