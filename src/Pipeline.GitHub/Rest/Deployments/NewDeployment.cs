using System.Diagnostics.CodeAnalysis;

namespace Pipeline.GitHub.Rest;

/// <summary>A deployment that GitHub is told of.</summary>
/// <param name="Ref">The commit, branch or tag.</param>
/// <param name="Environment">Where to.</param>
public sealed record NewDeployment(string Ref, string Environment)
{
    /// <summary>What is handed over with it, such as digest and release.</summary>
    public IReadOnlyDictionary<string, string> Payload { get; init; } = new Dictionary<string, string>();

    /// <summary>What people read, up to 140 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether users are on it.</summary>
    public bool ProductionEnvironment { get; init; }

    /// <summary>Whether the environment goes away again.</summary>
    public bool TransientEnvironment { get; init; }

    /// <summary>The branch is merged by people, never by telling of a deployment.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It is sent with each deployment.")]
    public bool AutoMerge => false;

    /// <summary>Checks are the gates' business, not GitHub's: none is asked for.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It is sent with each deployment.")]
    public IReadOnlyList<string> RequiredContexts => [];
}
