using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Health;

/// <summary>
/// Whether an instance gets traffic, from its probes and from connections that could not be made. Healthy until the first answer, since a
/// deployment routes an instance only after it was ready.
/// </summary>
internal sealed class HealthVerdict(string name, EdgeSettings settings, EdgeLog log)
{
    private readonly Lock judging = new();
    private int goodInARow;
    private int badInARow;
    private volatile bool healthy = true;
    private volatile string lastProbe = "not probed yet";

    public bool IsHealthy => healthy;

    public string LastProbe => lastProbe;

    /// <summary>A probe's answer.</summary>
    public void Good(string answer)
    {
        lock (judging)
        {
            lastProbe = answer;
            badInARow = 0;
            if (++goodInARow >= settings.HealthyThreshold)
                Become(true, answer);
        }
    }

    /// <summary>A probe's answer, or its absence.</summary>
    public void Bad(string answer)
    {
        lock (judging)
        {
            lastProbe = answer;
            goodInARow = 0;
            if (++badInARow >= settings.UnhealthyThreshold)
                Become(false, answer);
        }
    }

    /// <summary>No connection could be made: no threshold is waited for.</summary>
    public void Unreachable(string problem)
    {
        lock (judging)
        {
            goodInARow = 0;
            badInARow = Math.Max(badInARow, settings.UnhealthyThreshold);
            lastProbe = problem;
            Become(false, problem);
        }
    }

    private void Become(bool verdict, string reason)
    {
        if (healthy == verdict)
            return;
        healthy = verdict;
        log.Write($"instance {name} is {(verdict ? "healthy" : "unhealthy")}: {reason}");
    }
}
