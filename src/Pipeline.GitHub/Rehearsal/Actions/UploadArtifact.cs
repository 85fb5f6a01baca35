using System.Globalization;
using Pipeline.GitHub.Rehearsal.Files;
using Pipeline.GitHub.Rehearsal.Store;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>https://github.com/actions/upload-artifact.</summary>
internal sealed class UploadArtifact : StandIn
{
    internal override string Action => "actions/upload-artifact";

    internal override string Instead => "into the store of the rehearsal";

    internal override IReadOnlyList<string> Inputs => ["name", "path", "if-no-files-found", "include-hidden-files", "overwrite"];

    internal override IReadOnlyList<string> Ignored => ["retention-days", "compression-level"];

    internal override Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var name = call.Input("name") ?? "artifact";
        if (name.AsSpan().IndexOfAny(ArtifactStore.NotInNames) >= 0)
            throw new ActionException($"the artifact's name '{name}' has a character in it that no artifact's name may have: {string.Join(' ', ArtifactStore.NotInNames.Where(sign => !char.IsControl(sign)))}");
        var path = call.Input("path") ?? throw new ActionException("path is not given; name the files or folders of the artifact");
        var hidden = call.Is("include-hidden-files", otherwise: false) ? HiddenFiles.AreTaken : HiddenFiles.AreLeftOut;
        var (files, roots) = FileGlob.Find(FileGlob.Lines(path), call.Job.Folders.Workspace, hidden);
        if (files.Count == 0)
            return Task.FromResult<IReadOnlyDictionary<string, string>>(Without(call, path));
        var artifact = new ArtifactStore(call.Job.Store.Artifacts).Add(name, files, Beginning(files, roots), call.Job.Run.Attempt, call.Is("overwrite", otherwise: false));
        call.Log.Quote($"artifact {artifact.Name}: id {artifact.Id}, {files.Count} files, {artifact.Bytes} bytes");
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            ["artifact-id"] = artifact.Id.ToString(CultureInfo.InvariantCulture),
            ["artifact-digest"] = artifact.Digest,
            ["artifact-url"] = $"https://github.com/{call.Job.Run.Repository}/actions/runs/{call.Job.Run.RunId}/artifacts/{artifact.Id}",
        });
    }

    private static Dictionary<string, string> Without(ActionCall call, string path)
    {
        var fault = $"no files were found at {path.Replace("\n", ", ", StringComparison.Ordinal)}; names that begin with a dot count only with include-hidden-files";
        switch (call.Input("if-no-files-found") ?? "warn")
        {
            case "error":
                throw new ActionException(fault);
            case "warn":
                call.Log.Annotate(new("warning", "", fault));
                return [];
            case "ignore":
                call.Log.Quote(fault);
                return [];
            case var other:
                throw new ActionException($"if-no-files-found is '{other}'; write warn, error or ignore");
        }
    }

    // Of several folders, what all of them have in common goes; of one, the folder itself; of one file, what is before its name.
    private static string Beginning(IReadOnlyList<string> files, IReadOnlyList<string> roots)
    {
        if (roots is [var only])
            return files is [var file] && file == only ? Path.GetDirectoryName(file)! : only;
        var common = roots[0].Split('/').AsEnumerable();
        foreach (var root in roots.Skip(1))
            common = [.. common.Zip(root.Split('/')).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        return string.Join('/', common);
    }
}
