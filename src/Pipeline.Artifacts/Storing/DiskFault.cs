using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>Turns what the disk refused into a sentence with a remedy.</summary>
internal static class DiskFault
{
    // ENOSPC and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly HashSet<int> FullCodes = [28, 122, 69, 0x27, 0x70];

    public static bool IsDiskFault(Exception fault) =>
        fault is UnauthorizedAccessException || (fault is IOException && fault is not (EndOfStreamException or FileNotFoundException or DirectoryNotFoundException));

    public static DeliveryException Describe(string what, string folder, Exception fault)
    {
        if (fault is UnauthorizedAccessException)
            return new DeliveryException($"{what}: {fault.Message} Give this user the right to write in {folder}, or set PIPELINE_HOME to another folder", fault);
        return IsFull(fault)
            ? new DeliveryException($"{what}: the disk of {folder} is full ({fault.Message}). Nothing of it was kept; "
                + "free space there, or set PIPELINE_HOME to a folder on another disk, and run again", fault)
            : new DeliveryException($"{what}: {fault.Message}. Nothing of it was kept; mend the disk of {folder} and run again", fault) { IsTransient = true };
    }

    public static bool IsFull(Exception fault) => fault is IOException && FullCodes.Contains(fault.HResult & 0xFFFF);
}
