namespace Pipeline.Postgres.Embedded;

/// <summary>Lets one process at a time work on a folder. The system lets go of it when that process ends, however it ends.</summary>
internal sealed class FolderLock : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    public static async Task<FolderLock> TakeAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "lock");
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
