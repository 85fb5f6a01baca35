namespace Pipeline.Applications;

/// <summary>The two places that a release goes to, one after the other.</summary>
public static class EnvironmentNames
{
    /// <summary>The dress rehearsal.</summary>
    public const string Staging = "staging";

    /// <summary>Opening night.</summary>
    public const string Production = "production";
}
