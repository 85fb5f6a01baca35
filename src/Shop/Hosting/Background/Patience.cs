using Shop.Database;

namespace Shop.Hosting.Background;

internal enum MoreToDo
{
    No,
    Yes,
}

/// <summary>Repeats background work for as long as the shop runs, through times in which the database is away.</summary>
internal sealed class Patience(TimeProvider time, ILogger<Patience> log)
{
    /// <summary>Runs rounds until cancelled: at once again while there is more to do, else after the pause.</summary>
    public async Task RepeatAsync(
        TimeSpan pause, string what, Func<CancellationToken, Task<MoreToDo>> round, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await round(cancellation) == MoreToDo.Yes)
                    continue;
                await Task.Delay(pause, time, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The boundary of a background task: it is reported, and the next round tries again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Report(what, failure);
                await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Report(string what, Exception failure)
    {
        if (DatabaseFailure.IsTemporary(failure))
            log.LogWarning("{What}: the database is away ({Reason}); trying again", what, failure.Message);
        else
            log.LogError(failure, "{What} failed; trying again", what);
    }
}
