namespace Pipeline.Artifacts.Signing;

/// <summary>Whose signatures count.</summary>
/// <param name="Keys">The keys, each with why it counts.</param>
/// <param name="Remedy">How another key comes to count, as the end of a refusal: <c>pass its public key with --trusted-keys</c>.</param>
public sealed record Trust(IReadOnlyList<TrustedKey> Keys, string Remedy)
{
    /// <summary>The key of these that made a signature of the envelope; null when none did.</summary>
    public TrustedKey? FindSigner(Envelope envelope) => Keys.FirstOrDefault(trusted => envelope.IsSignedBy(trusted.Key));
}

/// <summary>A key whose signatures count.</summary>
/// <param name="Key">The key.</param>
/// <param name="Origin">Why it counts, for people: <c>trusted-keys.pem</c>, <c>this machine's own key</c>.</param>
public sealed record TrustedKey(VerificationKey Key, string Origin);
