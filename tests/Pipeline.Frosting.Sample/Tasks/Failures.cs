using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Tasks;

public sealed class Failing : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("it broke");
}

public sealed class FailingAsync : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        await Task.Yield();
        throw new InvalidOperationException("it broke later");
    }
}

public sealed class FailingWithCode : FrostingTask
{
    public override void Run(ICakeContext context) => throw new CakeException(42, "it broke with a code");
}

[ContinueOnError]
public sealed class Tolerated : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("it broke tolerably");
}

[IsDependentOn(typeof(Tolerated))]
public sealed class AfterTolerated : FrostingTask
{
    public override void Run(ICakeContext context) => SampleContext.Say("after the tolerated failure");
}

[IsDependentOn(typeof(Failing))]
public sealed class AfterFailing : FrostingTask
{
    public override void Run(ICakeContext context) => SampleContext.Say("must not be seen");
}

public sealed class Handled : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("it broke to be handled");

    public override void OnError(Exception exception, SampleContext context) => SampleContext.Say($"handled: {exception.Message}");

    public override void Finally(SampleContext context) => SampleContext.Say("finally after a failure");
}

public sealed class HandledBadly : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("it broke");

    public override void OnError(Exception exception, SampleContext context) => throw new InvalidOperationException("the handler broke");
}

public sealed class Unhandled : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("it broke");

    public override void Finally(SampleContext context) => SampleContext.Say("finally without a handler");
}

public sealed class Untroubled : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => SampleContext.Say("run");

    public override void OnError(Exception exception, SampleContext context) => SampleContext.Say("must not be seen");

    public override void Finally(SampleContext context) => SampleContext.Say("finally");
}
