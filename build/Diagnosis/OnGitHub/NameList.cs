using Pipeline.GitHub.Rest;

namespace Build.Diagnosis.OnGitHub;

/// <summary>The names that one place of the settings holds, or why they cannot be read.</summary>
/// <param name="Place">Where: <c>secrets of environment production</c>.</param>
/// <param name="Names">The names; null when they cannot be read.</param>
/// <param name="Unread">What GitHub said, with the remedy; empty when they were read.</param>
public sealed record NameList(string Place, IReadOnlySet<string>? Names, string Unread)
{
    /// <summary>Whether GitHub said that there is no such place, and not that the token may not look.</summary>
    public bool IsNotThere { get; private init; }

    public bool Holds(string name) => Names?.Contains(name) == true;

    /// <summary>Reads the names. Failures other than that the token may not see them are thrown.</summary>
    public static async Task<NameList> ReadAsync(string place, IAsyncEnumerable<string> names)
    {
        HashSet<string> read = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var name in names)
                read.Add(name);
            return new(place, read, "");
        }
        catch (GitHubException refused) when (refused.Fault is GitHubFault.Forbidden or GitHubFault.NotFound)
        {
            return new(place, null, refused.Message) { IsNotThere = refused.Fault == GitHubFault.NotFound };
        }
    }
}
