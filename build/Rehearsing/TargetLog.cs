using Pipeline.GitHub.Rehearsal;
using Pipeline.Targets;

namespace Build.Rehearsing;

/// <summary>What a rehearsal says belongs to the output of its target; what it must not show, nothing of the run shows.</summary>
public sealed class TargetLog(TargetContext context, SecretMask mask) : IRehearsalLog
{
    // The run masks nothing shorter, and the rehearsal itself has masked it already.
    private const int ShortestMasked = 4;

    public void Say(string line) => context.Say(line);

    public void Mask(string secret)
    {
        if (secret.Length >= ShortestMasked)
            mask.Mask(secret, "a secret of a rehearsed job");
    }
}
