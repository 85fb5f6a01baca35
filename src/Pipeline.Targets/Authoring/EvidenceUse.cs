namespace Pipeline.Targets;

/// <summary>What a target does with the evidence of earlier runs.</summary>
public enum EvidenceUse
{
    /// <summary>
    /// The default. A finished run leaves evidence, and the target is skipped while evidence for the same inputs exists. A target that
    /// declares no inputs and does not override <c>RecallAsync</c> always runs, since nothing says that its evidence still holds.
    /// </summary>
    Reuse,

    /// <summary>A finished run leaves evidence, but the target always runs.</summary>
    Record,

    /// <summary>The target leaves no evidence and always runs.</summary>
    None,
}
