using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.SupplyChain;

/// <summary>That somebody signed where an artifact came from.</summary>
/// <param name="Digest">The artifact.</param>
/// <param name="Key">The id of the key that signed; empty when <c>--release</c> named what others signed.</param>
public sealed record Attestation(Digest Digest, string Key);
