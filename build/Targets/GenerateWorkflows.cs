using Build.Workflows;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Writes .github/workflows from what build/Workflows declares")]
public sealed class GenerateWorkflows(ShopWorkflows workflows) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var done = workflows.Write();
        foreach (var line in done.DefaultIfEmpty("all workflows are what is declared"))
            context.Say(line);
        return Task.CompletedTask;
    }
}
