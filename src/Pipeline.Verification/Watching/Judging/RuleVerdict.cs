namespace Pipeline.Verification.Watching.Judging;

/// <summary>What the judge says of one rule.</summary>
/// <param name="Rule">The rule: <c>error rate below 1 %</c>.</param>
/// <param name="Outcome">Whether it is kept.</param>
/// <param name="Detail">The measured numbers.</param>
public sealed record RuleVerdict(string Rule, RuleOutcome Outcome, string Detail);

/// <summary>The outcomes of a rule.</summary>
public enum RuleOutcome
{
    /// <summary>Kept, or not surely broken.</summary>
    Kept,

    /// <summary>Surely broken.</summary>
    Broken,

    /// <summary>There is too little to judge by.</summary>
    NotJudged,
}

/// <summary>When the judge is asked.</summary>
public enum JudgeMoment
{
    /// <summary>While the watch goes on: only what is surely bad counts.</summary>
    During,

    /// <summary>When it is over.</summary>
    End,
}
