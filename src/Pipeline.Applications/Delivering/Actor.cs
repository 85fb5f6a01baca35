namespace Pipeline.Applications.Delivering;

/// <summary>Who runs the pipeline, for the record.</summary>
public static class Actor
{
    /// <summary>Name and place: <c>mia@laptop</c>, or <c>mia@github</c> on a runner.</summary>
    public static string Present { get; } = System.Environment.GetEnvironmentVariable("GITHUB_ACTOR") is { Length: > 0 } actor
        ? $"{actor}@github"
        : $"{System.Environment.UserName}@{System.Environment.MachineName}";
}
