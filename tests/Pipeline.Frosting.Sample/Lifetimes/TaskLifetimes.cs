using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Lifetimes;

public sealed class SampleTaskLifetime : FrostingTaskLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ITaskSetupContext info) => SampleContext.Say($"before {info.Task.Name}");

    public override void Teardown(SampleContext context, ITaskTeardownContext info) =>
        SampleContext.Say($"after {info.Task.Name}, successful: {info.Successful}, skipped: {info.Skipped}");
}

public sealed class SampleTaskSetup : FrostingTaskSetup
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => SampleContext.Say($"before {info.Task.Name} alone");
}

public sealed class FailingTaskSetup : FrostingTaskSetup
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => throw new InvalidOperationException("no task setup today");
}

public sealed class SampleTaskTeardown : FrostingTaskTeardown
{
    public override void Teardown(ICakeContext context, ITaskTeardownContext info) => SampleContext.Say($"after {info.Task.Name} alone");
}
