namespace Pipeline.Registry.Tests.Servers;

/// <summary>Lets some bytes through and then has something happen, once.</summary>
internal sealed class CutStream(Stream behind, int bytes, Func<Task> happen) : PassingStream(behind)
{
    private int left = bytes;
    private bool happened;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (happened)
            return;
        var part = buffer[..Math.Min(left, buffer.Length)];
        await Behind.WriteAsync(part, cancellationToken);
        await Behind.FlushAsync(cancellationToken);
        left -= part.Length;
        if (left > 0)
            return;
        happened = true;
        await happen();
    }
}
