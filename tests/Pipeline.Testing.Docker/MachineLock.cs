namespace Pipeline.Testing.Docker;

/// <summary>Keeps test runs from setting up and clearing away at the same moment.</summary>
internal static class MachineLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    internal static async Task<IDisposable> TakeAsync()
    {
        Directory.CreateDirectory(StageFolder.Root);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(StageFolder.Root, ".setup"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
