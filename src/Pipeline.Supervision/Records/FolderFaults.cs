namespace Pipeline.Supervision.Records;

/// <summary>Says which process's folder a fault of the file system belongs to.</summary>
internal static class FolderFaults
{
    internal static async Task<T> ExplainAsync<T>(string directory, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SupervisionException(
                $"process {directory}: its folder cannot be written ({fault.Message}); free space on that disk or make the folder writable", fault);
        }
    }
}
