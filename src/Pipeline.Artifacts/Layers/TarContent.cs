using Pipeline.Delivery;

namespace Pipeline.Artifacts.Layers;

/// <summary>Writes the bytes of a file after its header.</summary>
internal static class TarContent
{
    /// <exception cref="DeliveryException">The file cannot be read, or does not have the size that its header says.</exception>
    public static async Task WriteAsync(string fileName, long size, Stream output, CancellationToken cancellation)
    {
        await using var file = Open(fileName);
        await WriteAsync(file, fileName, size, output, cancellation);
    }

    /// <exception cref="DeliveryException">The file does not have the size that its header says.</exception>
    public static async Task WriteAsync(FileStream file, string fileName, long size, Stream output, CancellationToken cancellation)
    {
        await file.CopyToAsync(output, cancellation);
        if (file.Position != size)
            throw new DeliveryException($"{fileName} had {size} bytes and then {file.Position} while it was packed; nothing may write there during BuildImage: run it again");
        await output.WriteAsync(new byte[(TarHeader.BlockSize - (size % TarHeader.BlockSize)) % TarHeader.BlockSize], cancellation);
    }

    /// <exception cref="DeliveryException">The file cannot be read.</exception>
    public static FileStream Open(string fileName)
    {
        try
        {
            return new FileStream(fileName, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{fileName} cannot be packed: {refused.Message} Give this user the right to read it and run BuildImage again", refused);
        }
    }
}
