namespace Pipeline.Delivery.Releases;

/// <summary>Evidence on a release: a check that it passed, or did not, in an environment.</summary>
/// <param name="Digest">The release.</param>
/// <param name="Environment">Where: normally <c>staging</c>.</param>
/// <param name="Check">What: <c>smoke</c>, <c>load</c>.</param>
/// <param name="Passed">The outcome.</param>
/// <param name="At">When the check ended.</param>
/// <param name="By">Who ran it.</param>
/// <param name="Detail">What was measured or what failed, for people.</param>
public sealed record Rehearsal(Digest Digest, string Environment, string Check, bool Passed, DateTimeOffset At, string By, string Detail);
