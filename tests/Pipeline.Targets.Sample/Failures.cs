using Cake.Frosting;

namespace Pipeline.Targets.Sample;

public sealed class RefusedException(string message) : Exception(message);

public sealed class RolledBackException(string message) : Exception(message);

[TaskDescription("Fails")]
public sealed class Fails : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        throw new InvalidOperationException("the disk said no", new IOException("sector 7"));
}

[TaskDescription("Is refused by a gate")]
public sealed class Refused : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => throw new RefusedException("staging has not seen it");
}

[TaskDescription("Fails and rolls back")]
public sealed class RolledBack : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => throw new RolledBackException("back on the old one");
}

[TaskDescription("Fails, then runs what does not depend on it")]
public sealed class AfterFails(Fails fails) : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(fails);
}

[TaskDescription("Everything at once")]
[IsDependentOn(typeof(AfterFails))]
[IsDependentOn(typeof(DeployStaging))]
public sealed class Everything : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
}

[TaskDescription("Takes too long")]
public sealed class TooLong : Target
{
    protected override TimeSpan Timeout => TimeSpan.FromMilliseconds(200);

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.Delay(TimeSpan.FromMinutes(5), cancellation);
}

[TaskDescription("Succeeds at the third attempt")]
public sealed class Flaky : Target
{
    private int attempts;

    protected override Retry Retry => Retry.UpTo(3, TimeSpan.FromMilliseconds(10));

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        context.Say($"attempt {++attempts}");
        return attempts < 3 ? throw new IOException("no answer") : Task.CompletedTask;
    }
}

[TaskDescription("Waits to be stopped")]
public sealed class Waits : Target
{
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        Marks.Leave(context, "waiting");
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
        }
        finally
        {
            Marks.Leave(context, "stopped");
        }
    }

    public override void Finally(Cake.Core.ICakeContext context) => Console.WriteLine("finally of Waits");
}

[TaskDescription("Does not want to stop")]
public sealed class Stubborn : Target
{
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        Marks.Leave(context, "waiting");
        await Task.Delay(TimeSpan.FromMinutes(5), CancellationToken.None);
    }
}

[TaskDescription("Needs a reason")]
public sealed class Override : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
}

[TaskDescription("A task whose error does not matter")]
[ContinueOnError]
public sealed class Careless : FrostingTask
{
    public override void Run(Cake.Core.ICakeContext context) => throw new IOException("never mind");
}

[TaskDescription("Starts a child that starts another")]
public sealed class StartsChildren : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(context.WorkingDirectory, "marks"));
        Cake.Common.ProcessAliases.StartProcess(context, "sh", new Cake.Core.IO.ProcessSettings { Arguments = "-c \"sh -c 'trap : TERM; echo $$ > marks/child; while true; do sleep 0.2; done'; echo over\"" });
        cancellation.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }
}
