using Build.Rehearsing;
using Cake.Frosting;
using Pipeline.GitHub.Rehearsal;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Runs jobs of a workflow on this machine as GitHub's runner would: from a fresh clone of the commit, with nothing but what they declare")]
public sealed class RehearseWorkflow(RehearsalReading reading, SecretMask mask, TimeProvider time) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var request = reading.Read(context);
        var report = await AsMisuse(() => new WorkflowRehearsal(time).RunAsync(request, new TargetLog(context, mask), cancellation));
        foreach (var line in RehearsalSummary.Of(report))
            context.Say(line);
        if (!report.Succeeded)
            throw new RehearsalFailedException(report);
    }

    private static async Task<RehearsalReport> AsMisuse(Func<Task<RehearsalReport>> rehearse)
    {
        try
        {
            return await rehearse();
        }
        catch (RehearsalException refused)
        {
            throw new MisuseException(refused.Faults);
        }
    }
}
