using Build.Environments;
using Build.Targets;
using Pipeline.Applications.Operating;
using Pipeline.GitHub.Workflows;
using Pipeline.Targets;

namespace Build.Workflows;

/// <summary>The way of a merged change to production: build, staging, production, verify.</summary>
public sealed class PipelineWorkflow(ActionPin attest)
{
    public TargetWorkflow Declare()
    {
        var build = Build();
        return new()
        {
            File = "pipeline.yml",
            Name = "pipeline",
            Purpose = "One artifact, rehearsed on staging, promoted to production by its digest.",
            On = new() { Push = new(ShopEnvironments.Branch), Manual = new() },
            Jobs = [build, DeployToStaging(), DeployToProduction(build), Verify()],
        };
    }

    private TargetJob Build()
    {
        const string Digest = HandOver.DigestOutput;
        var name = TargetMap.NameOf<HandOver>();
        return new()
        {
            Id = "build",
            Remark = "One after the other, so that deployments come in the order of the commits. Its environment keeps the signing key for this branch",
            TimeoutMinutes = 60,
            Environment = ShopEnvironments.Unrecorded(ShopEnvironments.Build),
            Concurrency = new("build", Superseded.Queues),
            Permissions =
            [
                new(PermissionScope.IdToken, PermissionAccess.Write, "proves to the signing service which workflow built the artifact"),
                new(PermissionScope.Attestations, PermissionAccess.Write, "keeps the attestation with the repository"),
                ShopEnvironments.ReadsDeployments,
            ],
            Commands =
            [
                // Before the rest, not beside it: where NuGet's sources know of vulnerabilities it restores anew what others read.
                new(TargetMap.NameOf<Audit>()) { Name = "Audit", Env = ShopVariables.OfAudit },
                new(name) { Name = "Lint, test, audit, build, sign", Outputs = [Digest], Env = ShopVariables.OfBuild.And(ShopVariables.OfAudit).And(ShopVariables.OfComparison) },
            ],
            Afterwards =
            [
                new(attest)
                {
                    Name = "Attest where the artifact comes from",
                    If = ShopEnvironments.Attests,
                    With = new SortedDictionary<string, Template>(StringComparer.Ordinal) { ["subject-name"] = "shop", ["subject-digest"] = TargetJob.OutputOf(name, Digest) },
                },
            ],
            HandsOn = ["evidence", "artifacts"],
        };
    }

    private static TargetJob DeployToStaging() => new()
    {
        Id = "staging",
        Remark = "Skipped, as what follows, until the repository's variables name the environment's hosts",
        If = ShopEnvironments.HasHost(Staging.Name),
        TimeoutMinutes = 60,
        RunsOn = ShopEnvironments.Deploying,
        Permissions = [ShopEnvironments.TellsOfDeployments],
        Environment = ShopEnvironments.Unrecorded(Staging.Name),
        Concurrency = ShopEnvironments.OneAtATime(Staging.Name),
        Commands = [new(TargetMap.NameOf<SmokeTest>()) { Name = "Deploy and rehearse", Env = ShopVariables.OfEnvironment(Staging.Name).And(ShopVariables.OfGitHub(Staging.Name)) }],
    };

    private static TargetJob DeployToProduction(TargetJob build) => new()
    {
        Id = "production",
        Remark = "Waits for whoever the environment's protection asks; --release keeps it from building anything and from touching staging",
        If = ShopEnvironments.HasHost(Production.Name),
        TimeoutMinutes = 120,
        RunsOn = ShopEnvironments.Deploying,
        Permissions = [ShopEnvironments.TellsOfDeployments, ShopEnvironments.ReadsApprovals],
        Environment = ShopEnvironments.Reviewed(Production.Name),
        Concurrency = ShopEnvironments.OneAtATime(Production.Name),
        Commands =
        [
            new(TargetMap.NameOf<PromoteProduction>())
            {
                Name = "Promote",
                Env = ShopEnvironments.OfProduction.And(ShopVariables.OfGitHub(Production.Name)).And(
                    ("PIPELINE_RELEASE", build.Output(HandOver.DigestOutput)),
                    ("PIPELINE_ANNOUNCED", $"run {Expression.RunId} of {Expression.Repository}")),
            },
        ],
    };

    private static TargetJob Verify() => new()
    {
        Id = "verify",
        Remark = "Looks only, so that nobody has to approve it",
        After = ["production"],
        TimeoutMinutes = 60,
        RunsOn = ShopEnvironments.Deploying,
        Environment = ShopEnvironments.Unrecorded(ShopEnvironments.Watch),
        Concurrency = new("verify-production", Superseded.Finishes),
        Commands = [new(TargetMap.NameOf<PostDeployVerify>()) { Name = "Verify", Env = ShopVariables.OfWatch.And(ShopVariables.OfPlace(Production.Name)) }],
    };
}
