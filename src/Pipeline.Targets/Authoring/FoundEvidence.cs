namespace Pipeline.Targets;

/// <summary>Evidence that a target passed for the inputs it has now.</summary>
/// <typeparam name="TResult">The result of the target.</typeparam>
/// <param name="Result">What the target returned then.</param>
/// <param name="FinishedAt">When it finished.</param>
/// <param name="Who">Who ran it.</param>
/// <param name="Where">The machine or the job that ran it.</param>
/// <param name="Commit">The commit that was checked out, where there was one.</param>
public sealed record FoundEvidence<TResult>(TResult Result, DateTimeOffset FinishedAt, string Who, string Where, string? Commit)
{
    /// <summary>The sentence that the plan shows by default.</summary>
    public string Describe() => EvidenceWords.Describe(FinishedAt, Who, Where);
}

internal static class EvidenceWords
{
    internal static string Describe(DateTimeOffset finishedAt, string who, string where) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"unchanged since {finishedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC by {who} on {where}");
}
