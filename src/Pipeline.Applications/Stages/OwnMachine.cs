namespace Pipeline.Applications.Stages;

/// <summary>Tells what is nobody else's business from what serves others.</summary>
internal static class OwnMachine
{
    /// <summary>
    /// Whether an environment lives wholly here and serves nobody elsewhere. Hosts that were named to a job on GitHub serve others, though the runner be the host: a runner of
    /// one's own may stand right there.
    /// </summary>
    /// <param name="stage">Where it lives.</param>
    /// <param name="isInJob">Whether this is a part of a job on GitHub.</param>
    public static bool Keeps(IStage stage, bool isInJob) => stage.IsOnThisMachine && !(isInJob && stage.Hosts == StageHosts.Named);
}
