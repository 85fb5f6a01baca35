using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Lifetimes;

public sealed class SampleLifetime : FrostingLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info)
    {
        context.Stage = "set up";
        SampleContext.Say($"setup of {info.TargetTask.Name}: {string.Join(" ", info.TasksToExecute.Select(task => task.Name))}");
    }

    public override void Teardown(SampleContext context, ITeardownContext info) =>
        SampleContext.Say($"teardown, successful: {info.Successful}, threw: {info.ThrownException?.Message ?? "nothing"}");
}

public sealed class SampleSetup : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => SampleContext.Say("setup alone");
}

public sealed class FailingSetup : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => throw new InvalidOperationException("no setup today");
}

public sealed class SampleTeardown : FrostingTeardown
{
    public override void Teardown(ICakeContext context, ITeardownContext info) => SampleContext.Say("teardown alone");
}

public sealed class FailingTeardown : FrostingTeardown
{
    public override void Teardown(ICakeContext context, ITeardownContext info) => throw new InvalidOperationException("no teardown today");
}
