using Pipeline.Edge.Administration;

namespace Pipeline.Edge.Worker;

/// <summary>
/// What takes the place of a supervisor where two edges share an address: the one that took over the folder serves, and the one before sees that and retires.
/// </summary>
internal sealed class Succession(JournalOwnership ownership, EdgeServices services)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when the worker is stopped; stops it when another has taken over.</summary>
    public async Task EndWithSuccessorAsync(CancellationTokenSource accepting)
    {
        while (!accepting.IsCancellationRequested)
        {
            await Task.Delay(Look, services.Time, accepting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (accepting.IsCancellationRequested || !ownership.IsAnothers())
                continue;
            services.Log.Write("another edge has taken over");
            await accepting.CancelAsync();
        }
    }
}
