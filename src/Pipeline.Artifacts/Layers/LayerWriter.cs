namespace Pipeline.Artifacts.Layers;

/// <summary>
/// Writes a folder as a tar archive whose bytes depend on nothing but the files' paths and contents and the time given: entries sorted,
/// owner 0, modes by rule, no further attributes.
/// </summary>
/// <param name="modifiedAt">The time of every entry. The commit's: the entity tags of static files are made of time and length, and must differ between releases.</param>
internal sealed class LayerWriter(DateTimeOffset modifiedAt)
{
    private readonly long seconds = modifiedAt.ToUnixTimeSeconds();

    public async Task WriteAsync(IReadOnlyList<PackedEntry> entries, Stream output, CancellationToken cancellation)
    {
        foreach (var entry in entries)
        {
            if (entry.File is null)
                await output.WriteAsync(TarHeader.Folder(entry.Path, seconds), cancellation);
            else
                await WriteFileAsync(entry.Path, entry.File, output, cancellation);
        }
        await output.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellation);
    }

    private async Task WriteFileAsync(string path, string fileName, Stream output, CancellationToken cancellation)
    {
        await using var file = TarContent.Open(fileName);
        var size = file.Length;
        var executable = await ExecutableRule.AppliesToAsync(file, cancellation);
        await output.WriteAsync(TarHeader.File(path, size, executable, seconds), cancellation);
        await TarContent.WriteAsync(file, fileName, size, output, cancellation);
    }
}
