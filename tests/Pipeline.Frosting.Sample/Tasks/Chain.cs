using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Tasks;

[TaskDescription("Empties the output")]
public sealed class Clean : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => SampleContext.Say("clean");
}

[TaskName("Compile")]
[TaskDescription("Compiles the sources")]
[IsDependentOn(typeof(Clean))]
public sealed class CompileTask : FrostingTask<SampleContext>
{
    public int Warnings { get; private set; }

    public override void Run(SampleContext context)
    {
        Warnings = 7;
        SampleContext.Say($"compile, context is {context.Stage}");
    }
}

[IsDependentOn(typeof(CompileTask))]
public sealed class Check : AsyncFrostingTask<SampleContext>
{
    public override async Task RunAsync(SampleContext context)
    {
        await Task.Yield();
        SampleContext.Say("check");
    }
}

[IsDependeeOf(typeof(Check))]
public sealed class Prepare : FrostingTask
{
    public override void Run(Cake.Core.ICakeContext context) => SampleContext.Say("prepare");
}

[TaskName("Default")]
[IsDependentOn(typeof(Check))]
public sealed class DefaultTask : FrostingTask;
