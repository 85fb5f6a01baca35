using Pipeline.Verification.Load.Measuring;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;
using Pipeline.Verification.Load.Sending;

namespace Pipeline.Verification.Load;

/// <summary>Puts load on a server and reports honest numbers.</summary>
/// <param name="time">The clock.</param>
public sealed class LoadGenerator(TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends at a constant rate.</summary>
    /// <param name="plan">What to send.</param>
    /// <param name="enough">
    /// Ends the sending early; requests on their way are waited for, and the report tells of what was sent. <see
    /// cref="CancellationToken.None"/> for the whole duration.
    /// </param>
    /// <param name="cancellation">Gives up without a report.</param>
    /// <exception cref="ArgumentException">The plan is out of bounds; the message names all that is.</exception>
    public async Task<LoadReport> RunAsync(ConstantRate plan, CancellationToken enough, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        using var sender = new RequestSender(plan.Target, plan.MostConnections, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(enough, cancellation);
        var tally = new LoadTally(plan.Target, time);
        var inFlight = new InFlight(plan.MostInFlight);
        for (var next = 0L; next < plan.Count && !stop.IsCancellationRequested;)
        {
            var elapsed = time.GetElapsedTime(tally.Started);
            for (var due = Due(elapsed, plan); next < due; next++)
                Send(plan, next, tally, sender, inFlight, cancellation);
            if (next < plan.Count)
                await PauseAsync((next / plan.RequestsPerSecond) - time.GetElapsedTime(tally.Started).TotalSeconds, stop.Token);
        }
        await inFlight.WhenEmptyAsync();
        cancellation.ThrowIfCancellationRequested();
        return tally.Report(plan.RequestsPerSecond, sender);
    }

    /// <summary>Sends as fast as the server answers.</summary>
    /// <param name="plan">What to send.</param>
    /// <param name="enough">Ends the sending early, as above.</param>
    /// <param name="cancellation">Gives up without a report.</param>
    /// <exception cref="ArgumentException">The plan is out of bounds; the message names all that is.</exception>
    public async Task<LoadReport> RunAsync(Saturation plan, CancellationToken enough, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        using var sender = new RequestSender(plan.Target, plan.Connections, time);
        using var late = new CancellationTokenSource(plan.AtMost, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(enough, cancellation, late.Token);
        var tally = new LoadTally(plan.Target, time);
        var last = 0L;
        await Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(_ => Task.Run(SendInTurnAsync, cancellation)));
        cancellation.ThrowIfCancellationRequested();
        return tally.Report(intendedRate: null, sender);

        async Task SendInTurnAsync()
        {
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref last) is var number && number <= plan.Requests)
                await SendOneAsync(plan.Target.Requests[(int)((number - 1) % plan.Target.Requests.Count)], time.GetTimestamp(), tally, sender, cancellation);
        }
    }

    /// <summary>How many requests were to be sent by now.</summary>
    private static long Due(TimeSpan elapsed, ConstantRate plan) => Math.Min(plan.Count, (long)Math.Floor(elapsed.TotalSeconds * plan.RequestsPerSecond) + 1);

    private void Send(ConstantRate plan, long number, LoadTally tally, RequestSender sender, InFlight inFlight, CancellationToken cancellation)
    {
        var request = plan.Target.Requests[(int)(number % plan.Target.Requests.Count)];
        var intended = tally.Started + (long)(number / plan.RequestsPerSecond * time.TimestampFrequency);
        if (inFlight.TryEnter())
            _ = SendAndLeaveAsync();
        else
            tally.NotSent(request, time.GetElapsedTime(intended));

        async Task SendAndLeaveAsync()
        {
            try
            {
                await SendOneAsync(request, intended, tally, sender, cancellation);
            }
#pragma warning disable CA1031 // Nobody awaits a single request: the run as a whole fails with it.
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                inFlight.Fault(unexpected);
            }
            finally
            {
                inFlight.Leave();
            }
        }
    }

    private async Task SendOneAsync(LoadRequest request, long intended, LoadTally tally, RequestSender sender, CancellationToken cancellation)
    {
        tally.Sent(time.GetElapsedTime(intended));
        try
        {
            var outcome = await sender.SendAsync(request, cancellation);
            tally.Ended(request, time.GetElapsedTime(intended), outcome);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Given up as a whole: there will be no report.
        }
    }

    /// <summary>
    /// Timers are exact to about a millisecond; requests that fall due meanwhile are sent together, and the wait counts to their latency.
    /// </summary>
    private async Task PauseAsync(double seconds, CancellationToken stop)
    {
        var pause = TimeSpan.FromSeconds(Math.Max(0, seconds));
        try
        {
            await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Enough was sent.
        }
    }
}
