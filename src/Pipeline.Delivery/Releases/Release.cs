namespace Pipeline.Delivery.Releases;

/// <summary>What is delivered: an artifact with the version and commit it was built from and the migrations it carries.</summary>
/// <param name="Digest">The digest of the artifact's OCI manifest.</param>
/// <param name="Version">The version derived from git, for people: <c>0.1.0-12+gabc1234</c>.</param>
/// <param name="Commit">The full commit id.</param>
/// <param name="Migrations">The migrations in the artifact, in the order in which they are applied.</param>
public sealed record Release(Digest Digest, string Version, string Commit, IReadOnlyList<Migration> Migrations);
