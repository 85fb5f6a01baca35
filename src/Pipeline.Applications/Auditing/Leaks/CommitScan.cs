using System.Text;
using Pipeline.Applications.Sources.Git;
using Pipeline.Delivery;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>
/// Looks for secrets in commits that are about to be pushed: in every line that one of them adds, although a later one may have removed it, and in their messages.
/// Whoever gets the commits gets all of it.
/// </summary>
public static class CommitScan
{
    // No content of a file or message begins a line so: lines of files come after a sign, and git keeps NUL out of messages.
    private const char Mark = '\0';
    private const int Abbreviated = 12;

    /// <summary>What was found, commit by commit, and how many commits were read.</summary>
    /// <param name="root">The top of the repository.</param>
    /// <param name="since">A revision that others have already, such as <c>v1.2.0</c>. When null: the default branch of <c>origin</c>; where that is not known, all commits.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="DeliveryException">There is no such revision.</exception>
    public static async Task<(IReadOnlyList<Leak> Leaks, int Read)> FindAsync(string root, string? since, CancellationToken cancellation)
    {
        var git = new GitCommand(root);
        var range = await FindBaseAsync(git, since, cancellation) is { } known ? $"{known}..HEAD" : "HEAD";
        string[] log = ["log", "--no-color", "--no-show-signature"];
        var leaks = new List<Leak>();
        var commits = 0;
        var message = new MessageReader(leaks);
        await foreach (var line in git.LinesAsync(cancellation, [.. log, "--no-patch", "--format=%x00%H%n%B", "--end-of-options", range]))
            commits += message.Take(line);
        message.End();
        var patch = new PatchReader(leaks);
        string[] whole = ["--patch", "--unified=0", "--no-ext-diff", "--no-textconv", "--no-renames", "--diff-merges=first-parent", "--src-prefix=a/", "--dst-prefix=b/"];
        await foreach (var line in git.LinesAsync(cancellation, ["-c", "core.quotePath=false", .. log, .. whole, "--format=%x00%H", "--end-of-options", range]))
            patch.Take(line);
        patch.End();
        // A secret that one commit brings and a merge brings again is one finding.
        return ([.. leaks.DistinctBy(leak => (leak.Id, leak.Kind))], commits);
    }

    private static async Task<string?> FindBaseAsync(GitCommand git, string? since, CancellationToken cancellation)
    {
        if (since is not null)
            return await CommitAsync(since) ?? throw new DeliveryException($"--since {since}: git knows no such revision here; name a commit, tag or branch that others have already");
        return await CommitAsync("refs/remotes/origin/HEAD") ?? await CommitAsync("refs/remotes/origin/main") ?? await CommitAsync("refs/remotes/origin/master");

        Task<string?> CommitAsync(string revision) => git.TryAskAsync(cancellation, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
    }

    private sealed class MessageReader(List<Leak> leaks)
    {
        private readonly StringBuilder text = new();
        private string commit = "";

        public int Take(string line)
        {
            if (line is not [Mark, .. var next])
            {
                text.Append(line).Append('\n');
                return 0;
            }
            End();
            commit = next[..Abbreviated];
            return 1;
        }

        public void End()
        {
            leaks.AddRange(LeakText.Find("message", text.ToString(), firstLine: 1, commit));
            text.Clear();
        }
    }

    /// <summary>Reads https://git-scm.com/docs/diff-format#generate_patch_text_with_p. How many lines a hunk has is said before it, so that no line of a file is taken for anything else.</summary>
    private sealed class PatchReader(List<Leak> leaks)
    {
        private readonly StringBuilder added = new();
        private string commit = "";
        private string file = "";
        private int first;
        private int toRemove;
        private int toAdd;

        public void Take(string line)
        {
            if (toRemove + toAdd > 0)
                TakeOfHunk(line);
            else if (line is [Mark, .. var next])
                commit = next[..Abbreviated];
            else if (line.StartsWith("+++ ", StringComparison.Ordinal))
                file = Path(line[4..]);
            else if (line.StartsWith("@@ -", StringComparison.Ordinal))
                Begin(line);
        }

        public void End()
        {
            if (added.Length > 0)
                leaks.AddRange(LeakText.Find(file, added.ToString(), first, commit));
            added.Clear();
        }

        private void TakeOfHunk(string line)
        {
            if (line is ['-', ..])
            {
                toRemove--;
            }
            else if (line is ['+', .. var text])
            {
                toAdd--;
                added.Append(text).Append('\n');
            }
            if (toRemove + toAdd == 0)
                End();
        }

        // @@ -12,2 +12,3 @@, where a number that is missing is 1.
        private void Begin(string line)
        {
            var ranges = line.Split(' ');
            (_, toRemove) = Range(ranges[1]);
            (first, toAdd) = Range(ranges[2]);
        }

        private static (int First, int Count) Range(string text)
        {
            var numbers = text[1..].Split(',');
            return (Number(numbers[0]), numbers.Length > 1 ? Number(numbers[1]) : 1);
        }

        private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        // A name with control characters or quotes in it is written in quotes; a tab ends one with blanks.
        private static string Path(string text)
        {
            var name = text.TrimEnd('\t').Trim('"');
            return name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : name;
        }
    }
}
