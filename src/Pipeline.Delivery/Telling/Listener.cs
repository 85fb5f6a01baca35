namespace Pipeline.Delivery.Telling;

/// <summary>Somebody outside who is told how a deployment goes, such as a repository on GitHub. Kept with the deployment, so that a later run can tell what this one could not.</summary>
/// <param name="Name">Which one: <c>github.com/mia/shop</c>.</param>
/// <param name="Url">Where users find the environment.</param>
public sealed record Listener(string Name, Uri Url)
{
    /// <summary>Where the run that deploys tells its progress in full; null where nobody can read that.</summary>
    public Uri? Log { get; init; }

    /// <summary>Whether users are on the environment.</summary>
    public bool IsProduction { get; init; }

    /// <summary>Whether the environment goes away again.</summary>
    public bool IsTransient { get; init; }
}
