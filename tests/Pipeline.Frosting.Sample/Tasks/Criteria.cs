using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Tasks;

public sealed class NotToday : FrostingTask<SampleContext>, IFrostingTask
{
    string IFrostingTask.SkippedMessage => "not on a Friday";

    Task IFrostingTask.RunAsync(ICakeContext context) => throw new InvalidOperationException("must not run");

    bool IFrostingTask.ShouldRun(ICakeContext context) => false;

    void IFrostingTask.OnError(Exception exception, ICakeContext context)
    {
    }

    void IFrostingTask.Finally(ICakeContext context)
    {
    }

    public override void Run(SampleContext context) => SampleContext.Say("must not be seen");

    public override bool ShouldRun(SampleContext context) => false;
}

[IsDependentOn(typeof(NotToday))]
public sealed class AfterNotToday : FrostingTask
{
    public override void Run(ICakeContext context) => SampleContext.Say("after the skipped task");
}

[IsDependentOn(typeof(CompileTask))]
public sealed class WhenSetUp : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => SampleContext.Say("was set up");

    public override bool ShouldRun(SampleContext context) => context.Stage == "set up";
}
