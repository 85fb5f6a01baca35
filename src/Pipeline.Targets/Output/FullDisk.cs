namespace Pipeline.Targets.Output;

/// <summary>What can be done when a disk is full, for failures that do not say so themselves.</summary>
internal static class FullDisk
{
    // ENOSPC and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly HashSet<int> Codes = [28, 122, 69, 0x27, 0x70];

    /// <summary>The remedy; null when the failure is another one.</summary>
    internal static string? Remedy(Exception? failure, string state)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is IOException && Codes.Contains(failure.HResult & 0xFFFF))
                return $"free space on the disk of {state}, or set PIPELINE_HOME to a folder on another disk, and run again";
        }

        return null;
    }
}
