using Pipeline.Delivery;

namespace Pipeline.Engines.Processes;

/// <summary>The folder of a stopped instance.</summary>
internal static class InstanceFolder
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Deletes it. A supervisor that a killed run had launched may still look into it for a moment and leave a file there.</summary>
    /// <exception cref="DeliveryException">It cannot be deleted.</exception>
    internal static async Task DeleteAsync(string environment, string folder, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, time, cancellation);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new DeliveryException($"{environment}: the folder {folder} of a stopped instance cannot be deleted ({refused.Message}); delete it", refused);
            }
        }
    }
}
