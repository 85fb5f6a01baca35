using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.GitHub.Rehearsal.Files;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>https://github.com/actions/attest-build-provenance.</summary>
internal sealed partial class AttestBuildProvenance : StandIn
{
    private static readonly string[] Needed = ["id-token", "attestations"];

    internal override string Action => "actions/attest-build-provenance";

    internal override string Instead => "keeps subject and digest in the store of the rehearsal; nothing is signed";

    internal override IReadOnlyList<string> Inputs => ["subject-name", "subject-digest", "subject-path", "push-to-registry"];

    internal override IReadOnlyList<string> Ignored => ["show-summary", "github-token"];

    internal override async Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        if (Needed.FirstOrDefault(scope => !call.Job.Permissions.Allows(scope, "write")) is { } missing)
            throw new ActionException($"the job may do {call.Job.Permissions}; an attestation needs the permission {missing}: write");
        if (call.Is("push-to-registry", otherwise: false))
            throw new ActionException("push-to-registry has no stand-in; leave it out of what is rehearsed");
        var subjects = Subjects(call);
        Directory.CreateDirectory(call.Job.Store.Attestations);
        var id = (Directory.GetFiles(call.Job.Store.Attestations).Length + 1).ToString(CultureInfo.InvariantCulture);
        var bundle = Path.Combine(call.Job.Store.Attestations, $"{id}.json");
        var run = call.Job.Run;
        await File.WriteAllTextAsync(bundle, JsonSerializer.Serialize(new { subjects = subjects.Select(subject => new { name = subject.Name, digest = subject.Digest }), commit = run.Commit, workflow = run.Workflow.File, run = run.RunId }), cancellation);
        foreach (var (name, digest) in subjects)
            call.Log.Quote($"{name} {digest}");
        return new Dictionary<string, string>
        {
            ["attestation-id"] = id,
            ["attestation-url"] = $"https://github.com/{run.Repository}/attestations/{id}",
            ["bundle-path"] = bundle,
        };
    }

    private static IReadOnlyList<(string Name, string Digest)> Subjects(ActionCall call)
    {
        if (call.Input("subject-path") is { } path)
        {
            var files = FileGlob.Find(FileGlob.Lines(path), call.Job.Folders.Workspace, HiddenFiles.AreTaken).Files;
            return files.Count > 0
                ? [.. files.Select(file => (Path.GetFileName(file), $"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"))]
                : throw new ActionException($"subject-path '{path}' finds no file");
        }
        var digest = call.Input("subject-digest") ?? "";
        if (!Sha256().IsMatch(digest))
            throw new ActionException($"subject-digest is '{digest}'; write sha256: and 64 hexadecimal digits");
        return [(call.Input("subject-name") ?? throw new ActionException("subject-name is not given; name what the digest is of"), digest)];
    }

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
