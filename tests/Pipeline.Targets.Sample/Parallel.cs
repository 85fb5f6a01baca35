using Cake.Frosting;

namespace Pipeline.Targets.Sample;

/// <summary>Talks for a while, in pieces, on both streams, and says what looks like the end of a group.</summary>
public abstract class Talks : Target
{
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        for (var line = 0; line < 40; line++)
        {
            Console.Write($"{Name} says ");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            Console.WriteLine($"line {line}");
            await Console.Error.WriteLineAsync($"{Name} warns".AsMemory(), cancellation);
            context.Say("::endgroup::");
            context.Say($"::group::{Name} again");
        }

        await EndAsync(context, cancellation);
    }

    protected virtual Task EndAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
}

[TaskDescription("Talks")]
public sealed class TalksFirst : Talks;

[TaskDescription("Talks too")]
public sealed class TalksSecond : Talks;

[TaskDescription("Talks and fails")]
public sealed class TalksAndFails : Talks
{
    protected override Task EndAsync(TargetContext context, CancellationToken cancellation)
    {
        context.Report(new Finding("src/Shop.cs", 1, 1, "SHOP1", "is no shop"));
        throw new InvalidOperationException("ran out of words");
    }
}

[TaskDescription("Talks until it is stopped")]
public sealed class TalksOn : Talks
{
    protected override async Task EndAsync(TargetContext context, CancellationToken cancellation)
    {
        Marks.Leave(context, "waiting");
        await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
    }
}

[TaskDescription("Talks and does not want to stop")]
public sealed class TalksForEver : Talks
{
    protected override async Task EndAsync(TargetContext context, CancellationToken cancellation)
    {
        Marks.Leave(context, "waiting");
        await Task.Delay(TimeSpan.FromMinutes(5), CancellationToken.None);
    }
}

[TaskDescription("Everybody at once")]
[IsDependentOn(typeof(TalksFirst))]
[IsDependentOn(typeof(TalksSecond))]
[IsDependentOn(typeof(TalksAndFails))]
public sealed class Talk : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
}
