using Pipeline.Artifacts.Layers;

namespace Pipeline.Artifacts.Systems;

/// <summary>Writes the entries of a root folder as a tar archive whose bytes depend on nothing but them and the time given.</summary>
/// <param name="modifiedAt">The time of every entry.</param>
internal sealed class RootWriter(DateTimeOffset modifiedAt)
{
    private readonly long seconds = modifiedAt.ToUnixTimeSeconds();

    public async Task WriteAsync(IEnumerable<RootEntry> entries, Stream output, CancellationToken cancellation)
    {
        foreach (var entry in entries)
        {
            await output.WriteAsync(TarHeader.Of(entry.Member, seconds), cancellation);
            if (entry.File is not null)
                await TarContent.WriteAsync(entry.File, entry.Member.Size, output, cancellation);
        }
        await output.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellation);
    }
}
