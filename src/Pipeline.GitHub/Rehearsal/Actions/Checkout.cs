using System.Globalization;
using Pipeline.GitHub.Rehearsal.Jobs.Facts;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>https://github.com/actions/checkout.</summary>
internal sealed class Checkout : StandIn
{
    internal override string Action => "actions/checkout";

    internal override string Instead => "the commit from this repository";

    internal override IReadOnlyList<string> Inputs => ["fetch-depth", "fetch-tags", "path", "ref", "repository", "submodules", "lfs"];

    // Nothing is sent anywhere, and no credentials are at hand that could stay.
    internal override IReadOnlyList<string> Ignored => ["persist-credentials", "token", "clean", "show-progress", "set-safe-directory"];

    internal override async Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Job.Run;
        Require(call);
        var folder = call.InWorkspace(call.Input("path") ?? ".");
        Directory.CreateDirectory(folder);
        var depth = int.TryParse(call.Input("fetch-depth") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ActionException($"fetch-depth is '{call.Input("fetch-depth")}'; write a number of commits, or 0 for all");
        await GitAsync(folder, ["init", "--quiet", "--initial-branch", "rehearsal"], cancellation);
        await GitAsync(folder, ["remote", "add", "origin", $"{RunFacts.Remote}/{run.Repository}"], cancellation);
        // Branches and the commit apart: the branch that is rehearsed may be among the branches, and would be fetched to one place twice.
        if (depth == 0)
            await FetchAsync(folder, ["--tags", Source(run), "+refs/heads/*:refs/remotes/origin/*"], cancellation);
        string[] history = depth > 0 ? [$"--depth={depth}", call.Is("fetch-tags", false) ? "--tags" : "--no-tags"] : [];
        await FetchAsync(folder, [.. history, Source(run), $"+refs/heads/rehearsed:{Tracking(run)}"], cancellation);
        await GitAsync(folder, run.IsPullRequest ? ["checkout", "--quiet", "--force", Tracking(run)] : ["checkout", "--quiet", "--force", "-B", run.RefName, Tracking(run)], cancellation);
        foreach (var (relative, source) in call.Job.BeginsWith)
            Bring(call, source, Path.Combine(folder, relative), relative);
        return new Dictionary<string, string> { ["ref"] = call.Input("ref") ?? "", ["commit"] = run.Commit };
    }

    private static void Require(ActionCall call)
    {
        var run = call.Job.Run;
        if (call.Input("repository") is { } repository && !repository.Equals($"{run.Repository}", StringComparison.OrdinalIgnoreCase))
            throw new ActionException($"repository is '{repository}', which is not at hand in a rehearsal; only {run.Repository} is");
        if (call.Input("ref") is { } other && other != run.Commit && other != run.Ref && other != run.RefName)
            throw new ActionException($"ref is '{other}'; a rehearsal is about one commit, {run.Commit}");
        if ((call.Input("submodules") ?? "false") != "false" || call.Is("lfs", false))
            throw new ActionException("submodules and lfs have no stand-in; fetch them in a script");
        if (!call.Job.Permissions.Allows("contents", "read"))
            throw new ActionException($"the token may do {call.Job.Permissions}; a checkout of a private repository needs the permission contents: read");
    }

    private static string Source(RunFacts run) => new Uri(run.Origin).AbsoluteUri;

    private static string Tracking(RunFacts run) => run.IsPullRequest ? "refs/remotes/pull/1/merge" : $"refs/remotes/origin/{run.RefName}";

    private static Task FetchAsync(string folder, string[] what, CancellationToken cancellation) =>
        GitAsync(folder, ["-c", "protocol.file.allow=always", "fetch", "--quiet", "--no-recurse-submodules", .. what], cancellation);

    private static async Task GitAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var (exitCode, _, error) = await GitProgram.TryAsync(folder, arguments, cancellation);
        if (exitCode != 0)
            throw new ActionException($"git {string.Join(' ', arguments)} ended with exit code {exitCode}: {error.Trim()}");
    }

    private static void Bring(ActionCall call, string source, string target, string name)
    {
        string[] files = Directory.Exists(source) ? Directory.GetFiles(source, "*", SearchOption.AllDirectories) : File.Exists(source) ? [source] : [];
        if (files.Length == 0)
            return;
        call.Log.Quote($"begins with {name} of this clone, which a runner does not have");
        foreach (var file in files)
        {
            var copy = Path.GetFullPath(Path.Combine(target, Path.GetRelativePath(source, file)));
            Files.FolderCopy.Copy(file, copy);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
        }
    }
}
