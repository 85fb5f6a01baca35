using System.Globalization;
using Pipeline.GitHub.Rehearsal.Files;
using Pipeline.GitHub.Rehearsal.Store;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>https://github.com/actions/download-artifact.</summary>
internal sealed class DownloadArtifact : StandIn
{
    internal override string Action => "actions/download-artifact";

    internal override string Instead => "from the store of the rehearsal";

    internal override IReadOnlyList<string> Inputs => ["name", "artifact-ids", "path", "pattern", "merge-multiple"];

    internal override Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var store = new ArtifactStore(call.Job.Store.Artifacts);
        var folder = call.InWorkspace(call.Input("path") ?? ".");
        var (artifacts, isOne) = Choose(call, store.List());
        foreach (var artifact in artifacts)
        {
            var target = isOne || call.Is("merge-multiple", otherwise: false) ? folder : Path.Combine(folder, artifact.Name);
            FolderCopy.Run(store.FilesOf(artifact), target);
            call.Log.Quote($"artifact {artifact.Name}: id {artifact.Id}, {artifact.Bytes} bytes, into {Path.GetRelativePath(call.Job.Folders.Workspace, target)}");
        }
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["download-path"] = folder });
    }

    private static (IReadOnlyList<StoredArtifact> Artifacts, bool IsOne) Choose(ActionCall call, IReadOnlyList<StoredArtifact> all)
    {
        if (call.Input("name") is not null && call.With.ContainsKey("artifact-ids"))
            throw new ActionException("name and artifact-ids are both given; give one of them");
        // An output that nobody wrote arrives empty; it must not become all artifacts.
        if (call.With.TryGetValue("artifact-ids", out var ids))
            return ById(ids, all);
        // A later attempt's artifact takes the place of an earlier one of the same name.
        var newest = all.GroupBy(artifact => artifact.Name).Select(same => same.Last()).ToList();
        if (call.Input("name") is { } name)
        {
            return newest.FirstOrDefault(artifact => artifact.Name == name) is { } found
                ? ([found], true)
                : throw new ActionException($"there is no artifact '{name}' in this run; there are {Names(newest)}");
        }
        var pattern = call.Input("pattern");
        return ([.. newest.Where(artifact => pattern is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, artifact.Name, ignoreCase: false))], false);
    }

    private static (IReadOnlyList<StoredArtifact> Artifacts, bool IsOne) ById(string ids, IReadOnlyList<StoredArtifact> all)
    {
        List<StoredArtifact> chosen = [];
        foreach (var word in ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                throw new ActionException($"artifact-ids has '{word}' in it, which is no number of an artifact");
            chosen.Add(all.FirstOrDefault(artifact => artifact.Id == id) ?? throw new ActionException($"there is no artifact {id} in this run; there are {Names(all)}"));
        }
        return chosen.Count == 0 ? throw new ActionException($"artifact-ids is empty; what was to hand the number on wrote none. There are {Names(all)}") : (chosen, chosen.Count == 1);
    }

    private static string Names(IReadOnlyList<StoredArtifact> all) => all.Count == 0 ? "none" : string.Join(", ", all.Select(artifact => $"{artifact.Name} ({artifact.Id})"));
}
