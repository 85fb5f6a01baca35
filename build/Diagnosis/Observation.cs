namespace Build.Diagnosis;

/// <summary>What one examination saw.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Sound">Whether a deployment can count on it.</param>
/// <param name="Detail">The fact, and the remedy when it is not sound.</param>
public sealed record Observation(string Subject, bool Sound, string Detail);
