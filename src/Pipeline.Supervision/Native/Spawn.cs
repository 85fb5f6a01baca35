using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Supervision.Native;

/// <summary>
/// Starts a process with posix_spawn(3): a session of its own, default signals, none blocked. .NET's own Process could give neither the session
/// nor the descriptors. https://man7.org/linux/man-pages/man3/posix_spawn.3.html
/// </summary>
internal static unsafe class Spawn
{
    private static readonly bool Mac = OperatingSystem.IsMacOS();
    private static readonly short NewSession = (short)(Mac ? 0x0400 : 0x80);
    private const short DefaultSignals = 0x04;
    private const short SignalMask = 0x08;
    private const short MacCloseAll = 0x4000;
    private static readonly int AppendFlags = Mac ? 0x1 | 0x8 | 0x200 : 0x1 | 0x400 | 0x40;
    private const uint OwnerOnly = 0b110_000_000;
    private static readonly bool HasCloseFrom =
        !Mac && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>Starts it and returns its process id.</summary>
    /// <exception cref="IOException">It could not be started; the message is the system's.</exception>
    internal static int Start(SpawnPlan plan)
    {
        var actions = stackalloc byte[LibcSpawn.BufferBytes];
        var attributes = stackalloc byte[LibcSpawn.BufferBytes];
        Check(LibcSpawn.InitialiseActions(actions));
        Check(LibcSpawn.InitialiseAttributes(attributes));
        var arguments = new NativeStrings(plan.Arguments);
        var environment = new NativeStrings([.. plan.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            Describe(actions, plan);
            Describe(attributes, plan.ClosesEverythingElse);
            int pid;
            fixed (byte* path = Encoding.UTF8.GetBytes(plan.Path + '\0'))
                Check(LibcSpawn.Spawn(&pid, path, actions, attributes, arguments.Pointers, environment.Pointers));
            return pid;
        }
        finally
        {
            arguments.Free();
            environment.Free();
            _ = LibcSpawn.DestroyActions(actions);
            _ = LibcSpawn.DestroyAttributes(attributes);
        }
    }

    private static void Describe(byte* actions, SpawnPlan plan)
    {
        Check(LibcSpawn.AddOpen(actions, 0, "/dev/null", 0, 0));
        Check(LibcSpawn.AddOpen(actions, 1, plan.Output, AppendFlags, OwnerOnly));
        Check(LibcSpawn.AddDuplicate(actions, 1, 2));
        foreach (var (from, to) in plan.Descriptors)
            Check(LibcSpawn.AddDuplicate(actions, from, to));
        Check(LibcSpawn.AddWorkingDirectory(actions, plan.WorkingDirectory));
        if (plan.ClosesEverythingElse && HasCloseFrom)
            Check(LibcSpawn.AddCloseFrom(actions, 3));
        else if (plan.ClosesEverythingElse && !Mac)
            CloseWhatIsOpenNow(actions);
    }

    private static void CloseWhatIsOpenNow(byte* actions)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var descriptor) && descriptor > 2)
                Check(LibcSpawn.AddClose(actions, descriptor));
        }
    }

    private static void Describe(byte* attributes, bool closesEverythingElse)
    {
        var signals = stackalloc byte[LibcSpawn.BufferBytes];
        _ = LibcSpawn.FillSignals(signals);
        Check(LibcSpawn.SetDefaultSignals(attributes, signals));
        _ = LibcSpawn.EmptySignals(signals);
        Check(LibcSpawn.SetBlockedSignals(attributes, signals));
        var flags = (short)(NewSession | DefaultSignals | SignalMask);
        Check(LibcSpawn.SetFlags(attributes, Mac && closesEverythingElse ? (short)(flags | MacCloseAll) : flags));
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }
}
