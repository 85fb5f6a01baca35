namespace Pipeline.Artifacts.Provenance;

/// <summary>How an artifact came to be: what the build was asked for, what it was made of, who made it and what was found out about it.</summary>
public sealed record BuildRecord
{
    /// <summary>Who built it, as a URI that names the trust one may have in it: the workflow on a runner, or one machine.</summary>
    public required string BuilderId { get; init; }

    /// <summary>The kind of build, as a URI: what the parameters mean.</summary>
    public required string BuildType { get; init; }

    /// <summary>What the build was asked for from outside: target, version.</summary>
    public required IReadOnlyDictionary<string, string> ExternalParameters { get; init; }

    /// <summary>What the builder itself brought: versions of tools; default none.</summary>
    public IReadOnlyDictionary<string, string> InternalParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What it was made of beside the packages, which the bill of materials tells: the commit, the base image.</summary>
    public required IReadOnlyList<Material> Materials { get; init; }

    /// <summary>What was found out about it: that it was linted and tested; default none.</summary>
    public IReadOnlyList<BuildEvidence> Evidence { get; init; } = [];

    /// <summary>The run, as its builder names it.</summary>
    public required string InvocationId { get; init; }

    /// <summary>When the build began; null when that was not kept, and then nothing is said of it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the build ended; null when that was not kept, and then nothing is said of it.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When all this is said and signed.</summary>
    public required DateTimeOffset SealedAt { get; init; }
}

/// <summary>Something that an artifact was made of.</summary>
/// <param name="Uri">Where it is from: <c>git+https://host/owner/name</c>; null when only its digest is known.</param>
/// <param name="Algorithm">How its digest was made: <c>gitCommit</c>, <c>sha256</c>.</param>
/// <param name="Digest">Its digest, lower-case hexadecimal.</param>
public sealed record Material(string? Uri, string Algorithm, string Digest)
{
    /// <summary>The algorithm of a commit's id.</summary>
    public const string GitCommit = "gitCommit";
}

/// <summary>Evidence that a check passed on what the artifact was built from.</summary>
/// <param name="Target">The target: <c>Test</c>.</param>
/// <param name="Fingerprint">The fingerprint of the inputs that it passed for, lower-case hexadecimal, which names its evidence; null when it was not kept.</param>
/// <param name="Summary">What it found, for people.</param>
public sealed record BuildEvidence(string Target, string? Fingerprint, string Summary);
