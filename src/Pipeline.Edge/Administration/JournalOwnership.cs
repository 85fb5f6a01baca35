namespace Pipeline.Edge.Administration;

/// <summary>
/// Which of two workers may change the routes while one takes over from the other: the one whose name stands in <c>sockets.json</c>.
/// That file and the journal are only touched under one lock.
/// </summary>
internal sealed class JournalOwnership(string directory)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly string lockFile = Path.Combine(directory, "edge.lock");

    public string Worker { get; } = $"{Environment.ProcessId}-{Guid.NewGuid():N}";

    public async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException problem) when (problem is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>Whether another worker has taken over since.</summary>
    public bool IsAnothers() => SocketPaths.Read(directory) is { } paths && paths.Worker != Worker;

    public bool IsMine() => SocketPaths.Read(directory)?.Worker == Worker;
}
