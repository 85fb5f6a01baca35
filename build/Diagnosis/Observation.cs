namespace Build.Diagnosis;

/// <summary>What one examination saw.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Sound">Whether a deployment can count on it.</param>
/// <param name="Detail">The fact, and the remedy when it is not sound.</param>
public sealed record Observation(string Subject, bool Sound, string Detail)
{
    /// <summary>What stands before it: ✓ is sound, ✗ is not, · can be otherwise and need not be, ? could not be looked at.</summary>
    public char Mark { get; private init; } = Sound ? '✓' : '✗';

    /// <summary>Something that may be as it is, and is worth knowing.</summary>
    public static Observation Remark(string subject, string detail) => new(subject, Sound: true, detail) { Mark = '·' };

    /// <summary>Something that could not be looked at. It is no fault of what was looked at, and is not taken to be sound.</summary>
    public static Observation Unknown(string subject, string detail) => new(subject, Sound: true, detail) { Mark = '?' };
}
