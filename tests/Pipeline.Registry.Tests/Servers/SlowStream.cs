namespace Pipeline.Registry.Tests.Servers;

/// <summary>Passes on what is written, at half a megabyte a second.</summary>
internal sealed class SlowStream(Stream behind) : PassingStream(behind)
{
    private const double BytesPerSecond = 500_000;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Behind.WriteAsync(buffer, cancellationToken);
        await Behind.FlushAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(buffer.Length / BytesPerSecond), cancellationToken);
    }
}
