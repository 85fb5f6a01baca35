namespace Pipeline.Targets.Running;

/// <summary>Runs the body of a target with its timeout and its retries.</summary>
internal static class TargetAttempts
{
    private static readonly TimeSpan GraceAfterTimeout = TimeSpan.FromSeconds(10);

    internal static async Task RunAsync(PipelineTarget target, TargetContext context)
    {
        var (_, retry, _) = target.Policy;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AttemptAsync(target, context);
                return;
            }
            catch (Exception exception) when (attempt < retry.Attempts
                && !context.Cancellation.IsCancellationRequested
                && retry.When(exception))
            {
                context.Say($"attempt {attempt} of {retry.Attempts} failed: {exception.Message}; trying again in {Output.Durations.Text(retry.Pause)}");
                await Task.Delay(retry.Pause, context.Time, context.Cancellation);
            }
        }
    }

    private static async Task AttemptAsync(PipelineTarget target, TargetContext context)
    {
        var limit = target.Policy.Timeout;
        if (limit == Timeout.InfiniteTimeSpan)
        {
            await target.RunBodyAsync(context, context.Cancellation);
            return;
        }

        using var timeout = new CancellationTokenSource(limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.Cancellation);
        // The children of a target that takes too long end with it.
        context.Children.Current = either.Token;
        var body = target.RunBodyAsync(context, either.Token);
        try
        {
            await WithGraceAsync(body, context, timeout.Token);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested
            && !context.Cancellation.IsCancellationRequested
            && exception is OperationCanceledException or TimeoutException)
        {
            throw new TargetTimeoutException(context.Name, limit);
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
