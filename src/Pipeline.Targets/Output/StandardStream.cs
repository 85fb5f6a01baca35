using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Pipeline.Targets.Output;

/// <summary>
/// Standard output or error of this process, written by the system call. The stream that <see cref="Console"/> opens locks <see cref="Console.Out"/> on Unix while it
/// writes: a target in <c>Console.WriteLine</c> holds that lock and waits for the display, which would wait for it in turn.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
internal sealed partial class StandardStream(int descriptor) : Stream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;
    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal static Stream Out() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardStream(1);

    internal static Stream Error() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardStream(2);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var written = (int)Write(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            // Nobody reads any more: the run goes on for its own sake.
            if (error == BrokenPipe)
                return;
            if (error == TryAgain)
                Thread.Sleep(1);
            else if (error != Interrupted)
                throw new IOException($"writing to {(descriptor == 1 ? "standard output" : "standard error")} failed: {new Win32Exception(error).Message}", error);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // https://pubs.opengroup.org/onlinepubs/9799919799/functions/write.html
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);
}
