using System.Globalization;
using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Git;

/// <summary>Reads the facts of a clone.</summary>
public static class GitFactsReader
{
    /// <param name="folder">Any folder of the clone.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="DeliveryException">The folder is in no clone, the clone has no commit, or its history is cut off before a version is found.</exception>
    public static async Task<GitFacts> ReadAsync(string folder, CancellationToken cancellation)
    {
        var root = await new GitCommand(folder).TryAskAsync(cancellation, "rev-parse", "--show-toplevel")
            ?? throw new DeliveryException(await WhyNotAsync(folder, cancellation));
        var git = new GitCommand(root);
        var commit = await git.TryAskAsync(cancellation, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
            ?? throw new DeliveryException($"the clone {root} has no commit yet; commit what is to be built");
        var seconds = await git.AskAsync(cancellation, "show", "--no-patch", "--no-show-signature", "--format=%ct", commit);
        var changes = await ChangesAsync(git, cancellation);
        var version = await new GitHistory(git).VersionAsync(commit, cancellation);
        return new GitFacts(
            root,
            commit,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)),
            VersionText.Of(version, commit, changes),
            changes,
            await SourceAddress.OfAsync(root, git, cancellation));
    }

    private static async Task<string> WhyNotAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            await new GitCommand(folder).AskAsync(cancellation, "rev-parse", "--show-toplevel");
            return $"git answered for {folder} only the second time; run again";
        }
        catch (DeliveryException refused)
        {
            return $"{folder} is in no clone that git accepts, so what is built there has neither version nor commit; clone the repository instead of copying its files ({refused.Message})";
        }
    }

    private static async Task<IReadOnlyList<string>> ChangesAsync(GitCommand git, CancellationToken cancellation)
    {
        const int stateLength = 3;
        var status = await git.AskAsync(cancellation, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all");
        return [.. status.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line[stateLength..])];
    }
}
