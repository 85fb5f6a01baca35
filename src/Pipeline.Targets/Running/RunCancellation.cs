namespace Pipeline.Targets.Running;

/// <summary>The token of the target that the current flow of work belongs to, else that of the run.</summary>
internal sealed class RunCancellation(CancellationToken run)
{
    private readonly AsyncLocal<CancellationToken?> target = new();

    internal CancellationToken Run { get; } = run;

    internal CancellationToken Current
    {
        get => target.Value ?? Run;
        set => target.Value = value;
    }
}
