using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Git;

/// <summary>
/// Finds the version of a commit as MinVer does (https://github.com/adamralph/minver): the nearest tag <c>v*</c> on every way back, the highest of those,
/// and the number of commits since.
/// </summary>
internal sealed class GitHistory(GitCommand git)
{
    /// <exception cref="DeliveryException">The history is cut off before a tag was found.</exception>
    public async Task<CommitVersion> VersionAsync(string commit, CancellationToken cancellation)
    {
        var tags = await TagsAsync(cancellation);
        if (tags.TryGetValue(commit, out var own))
            return new CommitVersion(own, IsTagged: true);
        var parents = await ParentsAsync(commit, cancellation);
        var isCutOff = await git.AskAsync(cancellation, "rev-parse", "--is-shallow-repository") == "true";
        var candidates = Candidates(commit, parents, tags).ToArray();
        if (isCutOff && candidates.Any(candidate => candidate.IsBeginning))
            throw new DeliveryException(
                $"commit {commit[..8]}: the clone is shallow, its history ends before a tag v* is found, so the version cannot be known; run git fetch --unshallow --tags (in a workflow: actions/checkout with fetch-depth: 0)");
        return candidates.OrderByDescending(candidate => candidate.Version).ThenBy(candidate => candidate.Height)
            .Select(candidate => new CommitVersion(candidate.Version.After(candidate.Height), IsTagged: false)).First();
    }

    private static IEnumerable<Candidate> Candidates(
        string commit, Dictionary<string, string[]> parents, Dictionary<string, SemanticVersion> tags)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ways = new Stack<(string Commit, int Height)>([(commit, 0)]);
        while (ways.TryPop(out var way))
        {
            if (!seen.Add(way.Commit))
                continue;
            if (tags.TryGetValue(way.Commit, out var version))
                yield return new Candidate(version, way.Height, IsBeginning: false);
            else if (parents[way.Commit].Length == 0)
                yield return new Candidate(SemanticVersion.Beginning, way.Height, IsBeginning: true);
            else
                // The first parent comes to lie on top: heights are counted along the main line.
                Array.ForEach(parents[way.Commit].Reverse().ToArray(), parent => ways.Push((parent, way.Height + 1)));
        }
    }

    private async Task<Dictionary<string, string[]>> ParentsAsync(string commit, CancellationToken cancellation)
    {
        var lines = await git.AskAsync(cancellation, "rev-list", "--parents", commit);
        return lines.Split('\n').Select(line => line.Split(' ')).ToDictionary(ids => ids[0], ids => ids[1..], StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, SemanticVersion>> TagsAsync(CancellationToken cancellation)
    {
        // An annotated tag is an object of its own; what it stands for comes after it.
        var lines = await git.AskAsync(cancellation, "for-each-ref", "--format=%(refname:strip=2) %(objectname) %(*objectname)", "refs/tags/v*");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => (Commit: words[^1], Version: SemanticVersion.FromTag(words[0])))
            .Where(tag => tag.Version is not null)
            .GroupBy(tag => tag.Commit, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(tag => tag.Version)!, StringComparer.Ordinal);
    }

    private sealed record Candidate(SemanticVersion Version, int Height, bool IsBeginning);
}

/// <summary>A version, and whether the commit carries it as a tag.</summary>
internal sealed record CommitVersion(SemanticVersion Version, bool IsTagged);
