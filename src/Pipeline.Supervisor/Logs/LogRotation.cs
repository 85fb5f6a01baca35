using Pipeline.Supervision;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Logs;

/// <summary>
/// Rotates a log that the process itself appends to. It goes on writing into the same open file whatever becomes of its supervisor, so that it never meets
/// a closed or a full pipe. What was copied is cut off the front of the file: where the file system can do that in place (ext4, XFS) no byte is lost;
/// elsewhere the file is emptied, and what is written in the microseconds between the copy and that is lost.
/// </summary>
internal sealed class LogRotation(ProcessFolder folder, Journal journal)
{
    private const int CollapseRange = 0x08;
    private const int Block = 4096;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(4);
    private long seen;

    /// <summary>How long the log may go unlooked at: longer while nothing is written, so that a quiet process costs nearly nothing.</summary>
    internal TimeSpan Rest { get; private set; } = ShortestRest;

    /// <summary>Rotates when the log has grown beyond its size.</summary>
    internal void Run(ProcessSpecification specification, Worker? worker)
    {
        try
        {
            if (!File.Exists(folder.Log))
                EmptyRemoved(specification, worker);
            else
                LookAt(specification);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            journal.Say($"the log could not be looked after: {refused.Message}");
        }
    }

    private void LookAt(ProcessSpecification specification)
    {
        var length = new FileInfo(folder.Log).Length;
        Rest = length != seen ? ShortestRest : TimeSpan.FromTicks(Math.Min(Rest.Ticks * 2, LongestRest.Ticks));
        seen = length;
        if (length >= specification.LogBytes)
            RotateOrEmpty(specification);
    }

    private void RotateOrEmpty(ProcessSpecification specification)
    {
        using var file = new FileStream(folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Rotate(specification, file);
        }
        catch (IOException full)
        {
            // A full disk: users are served better by an application that can write again than by old lines.
            for (var number = 1; number <= specification.LogFiles; number++)
                File.Delete(folder.RotatedLog(number));
            file.SetLength(0);
            journal.Say($"the log could not be rotated ({full.Message}) and was emptied");
        }
    }

    // Somebody deleted the file that the process writes into: it has no name left, but still takes up space.
    private static void EmptyRemoved(ProcessSpecification specification, Worker? worker)
    {
        var output = new FileInfo($"/proc/{worker?.Identity.ProcessId}/fd/1");
        if (worker is null || !output.Exists)
            return;
        using var file = new FileStream(output.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length >= specification.LogBytes)
            file.SetLength(0);
    }

    private void Rotate(ProcessSpecification specification, FileStream file)
    {
        var whole = (file.Length - 1) / Block * Block;
        var unfinished = folder.RotatedLog(0);
        using (var copy = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            File.SetUnixFileMode(copy.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Copy(file, copy, whole);
            if (!CutFront(file, whole))
            {
                file.CopyTo(copy);
                file.SetLength(0);
            }
        }
        for (var number = specification.LogFiles; number > 0; number--)
            Shift(folder.RotatedLog(number - 1), folder.RotatedLog(number));
        File.Delete(unfinished);
    }

    private static void Shift(string from, string to)
    {
        if (File.Exists(from))
            File.Move(from, to, overwrite: true);
    }

    private static bool CutFront(FileStream file, long bytes) => OperatingSystem.IsLinux()
        && Libc.FileAllocate((int)file.SafeFileHandle.DangerousGetHandle(), CollapseRange, 0, bytes) == 0;

    private static void Copy(FileStream from, FileStream to, long bytes)
    {
        var buffer = new byte[16 * Block];
        while (bytes > 0)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, bytes));
            if (read == 0)
                return;
            to.Write(buffer, 0, read);
            bytes -= read;
        }
    }
}
