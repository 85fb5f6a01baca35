using System.Globalization;
using System.Runtime.InteropServices;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Sources.Git;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Targets;

namespace Pipeline.Applications.SupplyChain;

/// <summary>Tells how this run came by an artifact, in the words of SLSA. What the parameters mean stands in docs/supply-chain.md.</summary>
internal static class BuildRecords
{
    public static BuildRecord Of(string buildType, TargetContext context, GitFacts sources, Artifact artifact, IReadOnlyList<BuildEvidence> evidence) => new()
    {
        BuilderId = BuilderId(),
        BuildType = buildType,
        ExternalParameters = Parameters(sources, artifact),
        InternalParameters = new Dictionary<string, string>
        {
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["platform"] = RuntimeInformation.RuntimeIdentifier,
        },
        Materials = [new Material(sources.Source is { } source ? $"git+{source}" : null, Material.GitCommit, artifact.Commit)],
        Evidence = evidence,
        InvocationId = InvocationId(context),
        SealedAt = context.Time.GetUtcNow(),
    };

    private static Dictionary<string, string> Parameters(GitFacts sources, Artifact artifact)
    {
        var parameters = new Dictionary<string, string> { ["target"] = "BuildImage", ["version"] = artifact.Version };
        if (sources.IsDirty)
            parameters["uncommittedFiles"] = sources.Changes.Count.ToString(CultureInfo.InvariantCulture);
        return parameters;
    }

    /// <summary>https://docs.github.com/actions/reference/workflows-and-actions/variables: on a runner the workflow is what one trusts, elsewhere the machine.</summary>
    private static string BuilderId() => Variable("GITHUB_WORKFLOW_REF") is { } workflow
        ? $"{Variable("GITHUB_SERVER_URL")}/{workflow}"
        : $"urn:pipeline:builder:{Uri.EscapeDataString(Actor.Present)}";

    private static string InvocationId(TargetContext context) => Variable("GITHUB_RUN_ID") is { } run
        ? $"{Variable("GITHUB_SERVER_URL")}/{Variable("GITHUB_REPOSITORY")}/actions/runs/{run}/attempts/{Variable("GITHUB_RUN_ATTEMPT")}"
        : Path.GetFileName(context.RunDirectory);

    private static string? Variable(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
