using Pipeline.Delivery.Gates;

namespace Pipeline.Applications.Stages;

/// <summary>Refuses to deliver to what ends with the job that delivers.</summary>
internal static class LastingPlace
{
    /// <summary>A runner of GitHub has an engine of its own, which would be taken where no hosts are named: what is put there, or returned to there, is not the environment.</summary>
    /// <exception cref="GateRefusedException">It would be taken.</exception>
    public static void Require(IStage stage, string environment, Func<string, string?> variables)
    {
        if (stage.Hosts != StageHosts.Found || variables("GITHUB_ACTIONS") != "true")
            return;
        throw new GateRefusedException(
            $"{environment}: nothing says which Docker hosts it lives on, and the engine of this runner ends with its job; set the variable PIPELINE_{environment.ToUpperInvariant()}_HOST in the repository's settings, or pass --{environment}-host");
    }
}
