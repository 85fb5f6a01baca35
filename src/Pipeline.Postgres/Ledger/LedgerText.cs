using System.Diagnostics;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Telling;

namespace Pipeline.Postgres.Ledger;

/// <summary>How the ledger spells what the delivery names. The spelling is for ever; the names in C# are not.</summary>
internal static class LedgerText
{
    public static string Of(DeploymentKind kind) => kind switch
    {
        DeploymentKind.Deploy => "deploy",
        DeploymentKind.Rollback => "rollback",
        _ => throw new UnreachableException($"{kind}"),
    };

    public static string Of(DeploymentOutcome outcome) => outcome switch
    {
        DeploymentOutcome.Succeeded => "succeeded",
        DeploymentOutcome.Undone => "undone",
        DeploymentOutcome.RolledBack => "rolled-back",
        DeploymentOutcome.Failed => "failed",
        _ => throw new UnreachableException($"{outcome}"),
    };

    public static string Of(StepPhase phase) => phase switch
    {
        StepPhase.Started => "started",
        StepPhase.Finished => "finished",
        StepPhase.Failed => "failed",
        StepPhase.Undone => "undone",
        _ => throw new UnreachableException($"{phase}"),
    };

    public static string Of(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Warned => "warned",
        GateOutcome.Refused => "refused",
        _ => throw new UnreachableException($"{outcome}"),
    };

    public static string Of(ApprovalMeans means) => means switch
    {
        ApprovalMeans.Prompt => "prompt",
        ApprovalMeans.Reason => "reason",
        ApprovalMeans.Protection => "protection",
        ApprovalMeans.Policy => "policy",
        _ => throw new UnreachableException($"{means}"),
    };

    public static string Of(DeploymentFact fact) => fact switch
    {
        DeploymentFact.Begun => "begun",
        DeploymentFact.InProgress => "in-progress",
        DeploymentFact.Succeeded => "succeeded",
        DeploymentFact.Failed => "failed",
        DeploymentFact.Broken => "broken",
        DeploymentFact.Replaced => "replaced",
        _ => throw new UnreachableException($"{fact}"),
    };

    public static Colour ToColour(string text) => Enum.GetValues<Colour>().Single(colour => colour.Name() == text);

    public static DeploymentKind ToKind(string text) => Enum.GetValues<DeploymentKind>().Single(kind => Of(kind) == text);

    public static DeploymentOutcome ToOutcome(string text) => Enum.GetValues<DeploymentOutcome>().Single(outcome => Of(outcome) == text);

    public static StepPhase ToPhase(string text) => Enum.GetValues<StepPhase>().Single(phase => Of(phase) == text);

    public static DeploymentFact ToFact(string text) => Enum.GetValues<DeploymentFact>().Single(fact => Of(fact) == text);

    public static ApprovalMeans ToMeans(string text) => Enum.GetValues<ApprovalMeans>().Single(means => Of(means) == text);
}
