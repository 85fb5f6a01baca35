namespace Pipeline.Artifacts.Layers;

/// <summary>
/// Says from a file's first bytes whether it is a program. The mode on disk is not asked: it depends on the umask and on the machine that checked the file out.
/// </summary>
internal static class ExecutableRule
{
    private static ReadOnlySpan<byte> Elf => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    private static ReadOnlySpan<byte> Script => "#!"u8;

    public static async Task<bool> AppliesToAsync(FileStream file, CancellationToken cancellation)
    {
        var start = new byte[4];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return StartsProgram(start.AsSpan(0, read));
    }

    private static bool StartsProgram(ReadOnlySpan<byte> start) => start.StartsWith(Elf) || start.StartsWith(Script);
}
