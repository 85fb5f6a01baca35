using System.Security.Cryptography;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Signing;

/// <summary>A private key that signs what is said of artifacts: ECDSA on the curve P-256 with SHA-256.</summary>
public sealed class SigningKey
{
    private readonly byte[] encoded;

    private SigningKey(ECDsa key) => (encoded, PublicKey) = (key.ExportPkcs8PrivateKey(), VerificationKey.Of(key));

    /// <summary>The public half, with which others verify.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>Reads a private key, <c>-----BEGIN PRIVATE KEY-----</c> or <c>-----BEGIN EC PRIVATE KEY-----</c>, without a password.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="source">Where it comes from, for messages; the text itself appears in none.</param>
    /// <exception cref="DeliveryException">It is no such key.</exception>
    public static SigningKey FromPem(string pem, string source)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            // A public key imports as well; only a private one can be exported as such, which the constructor does.
            return VerificationKey.IsOnRightCurve(key) ? new SigningKey(key) : throw new CryptographicException("it lies on another curve");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new DeliveryException(
                $"{source}: the signing key is no private key of ECDSA P-256 in PEM without a password; make one with openssl ecparam -name prime256v1 -genkey -noout", fault);
        }
    }

    /// <summary>Makes a new key.</summary>
    public static SigningKey Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(key);
    }

    /// <summary>Signs bytes; the signature is in DER, as openssl writes it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(encoded, out _);
        return key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    internal string ExportPem() => PemEncoding.WriteString("PRIVATE KEY", encoded);
}
