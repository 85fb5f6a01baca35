using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Telling;

/// <summary>What a listener should know by now and was not told: computed from the ledger alone, so that whoever comes next tells what another run could not.</summary>
public static class Untold
{
    /// <summary>The facts that are to be told, in the order in which they came to be.</summary>
    /// <param name="oldestFirst">The deployments that one listener is told of.</param>
    public static IReadOnlyList<(ToldDeployment Deployment, DeploymentFact Fact)> Of(IReadOnlyList<ToldDeployment> oldestFirst)
    {
        ArgumentNullException.ThrowIfNull(oldestFirst);
        List<(ToldDeployment Deployment, DeploymentFact Fact)> facts = [];
        Dictionary<string, ToldDeployment> serving = [];
        foreach (var each in oldestFirst)
        {
            facts.Add((each, DeploymentFact.Begun));
            facts.Add((each, Present(each.Deployment.Outcome)));
            if (each.Deployment.Outcome != DeploymentOutcome.Succeeded)
                continue;
            if (serving.TryGetValue(each.Deployment.Environment, out var before))
                facts.Add((before, DeploymentFact.Replaced));
            serving[each.Deployment.Environment] = each;
        }
        return [.. facts.Where(fact => !fact.Deployment.Told.ContainsKey(fact.Fact))];
    }

    private static DeploymentFact Present(DeploymentOutcome? outcome) => outcome switch
    {
        null => DeploymentFact.InProgress,
        DeploymentOutcome.Succeeded => DeploymentFact.Succeeded,
        DeploymentOutcome.Failed => DeploymentFact.Broken,
        _ => DeploymentFact.Failed,
    };
}
