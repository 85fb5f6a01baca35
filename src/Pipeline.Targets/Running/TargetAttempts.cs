namespace Pipeline.Targets.Running;

/// <summary>Runs the body of a target with its timeout and its retries.</summary>
internal static class TargetAttempts
{
    private static readonly TimeSpan GraceAfterTimeout = TimeSpan.FromSeconds(10);

    internal static async Task RunAsync(PipelineTarget target, TargetContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AttemptAsync(target, context);
                return;
            }
            catch (Exception exception) when (attempt < target.Retry.Attempts
                && !context.Cancellation.IsCancellationRequested
                && target.Retry.When(exception))
            {
                context.Say($"attempt {attempt} of {target.Retry.Attempts} failed: {exception.Message}; trying again in {Output.Durations.Text(target.Retry.Pause)}");
                await Task.Delay(target.Retry.Pause, context.Time, context.Cancellation);
            }
        }
    }

    private static async Task AttemptAsync(PipelineTarget target, TargetContext context)
    {
        if (target.Timeout == Timeout.InfiniteTimeSpan)
        {
            await target.RunBodyAsync(context, context.Cancellation);
            return;
        }

        using var timeout = new CancellationTokenSource(target.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.Cancellation);
        var body = target.RunBodyAsync(context, either.Token);
        try
        {
            await WithGraceAsync(body, context, timeout.Token);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested
            && !context.Cancellation.IsCancellationRequested
            && exception is OperationCanceledException or TimeoutException)
        {
            throw new TargetTimeoutException(context.Name, target.Timeout);
        }
    }

    // A body that does not heed its token would hold the run for ever: after the grace it is left behind, and its target has failed.
    private static async Task WithGraceAsync(Task body, TargetContext context, CancellationToken timeout)
    {
        var timedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = timeout.Register(timedOut.SetResult);
        if (await Task.WhenAny(body, timedOut.Task) == body)
            await body;
        else
            await body.WaitAsync(GraceAfterTimeout, context.Time, CancellationToken.None);
    }
}
