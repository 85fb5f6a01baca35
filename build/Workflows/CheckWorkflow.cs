using Build.Targets;
using Pipeline.Applications.Operating;
using Pipeline.GitHub.Workflows;
using Pipeline.Targets;

namespace Build.Workflows;

/// <summary>What a change must pass before it is merged. It gets no secrets: whoever opens a pull request runs here.</summary>
public static class CheckWorkflow
{
    public static TargetWorkflow Declare()
    {
        var check = new TargetJob
        {
            Id = "check",
            TimeoutMinutes = 60,
            HandsOn = ["evidence", "artifacts"],
            Commands =
            [
                new(TargetMap.NameOf<Doctor>()) { Name = "What this machine lacks", OnlyLooks = true },
                new(TargetMap.NameOf<Lint>(), TargetMap.NameOf<Test>()) { Name = "Lint and test" },
                new(TargetMap.NameOf<Audit>()) { Name = "Audit", Env = ShopVariables.OfAudit },
                new(TargetMap.NameOf<Attest>()) { Name = "Build", Env = ShopVariables.OfComparison },
                new(TargetMap.NameOf<PromoteProduction>()) { Name = "Plan", Arguments = ["--plan"], OnlyLooks = true },
                new(TargetMap.NameOf<CommentPullRequest>())
                {
                    Name = "Comment",
                    If = Expression.Always,
                    // What it shows was found out by the steps before; what they did not get to is said so.
                    Arguments = ["--exclusive"],
                    OnlyLooks = true,
                    Env = ShopVariables.OfComparison,
                },
            ],
            Permissions =
            [
                new(PermissionScope.PullRequests, PermissionAccess.Write, "the comment with checks, plan, migrations and sizes"),
                ShopEnvironments.ReadsDeployments,
            ],
        };
        var rehearse = new TargetJob
        {
            Id = "rehearse",
            Remark = "The whole delivery on the runner itself, in environments that end with it",
            TimeoutMinutes = 30,
            Commands =
            [
                new(TargetMap.NameOf<PromoteProduction>()) { Name = "Staging, rehearsal, production" },
                new(TargetMap.NameOf<Status>()) { Name = "What runs", OnlyLooks = true },
            ],
        };
        return new()
        {
            File = "check.yml",
            Name = "check",
            Purpose = "Lint, test, build and plan of a pull request.",
            On = new() { PullRequest = new(), MergeGroup = true },
            Concurrency = new($"check-{Expression.Ref}", Superseded.IsCancelled),
            Jobs = [check, rehearse],
        };
    }
}
