using Pipeline.Delivery.Ports;
using Polly;
using Polly.Retry;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Tries again what failed for a moment, after pauses that grow, or as long as the registry asks for. Only what may be done twice is given to it.</summary>
internal sealed class Attempts(RegistrySettings settings, IDeliveryLog log, TimeProvider time)
{
    private readonly ResiliencePipeline pipeline = settings.Attempts <= 1
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Options(settings, log)).Build();

    /// <summary>How often in a row something is tried.</summary>
    public int AtMost => Math.Max(1, settings.Attempts);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation) =>
        await pipeline.ExecuteAsync(async token => await attempt(token), cancellation);

    /// <summary>Repeats a step until it says that there is nothing left to do. A step that moved something must return instead of failing, so that the count starts anew.</summary>
    public async Task RepeatAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellation)
    {
        while (!await RunAsync(step, cancellation))
        {
            // Not at its end yet.
        }
    }

    private static RetryStrategyOptions Options(RegistrySettings settings, IDeliveryLog log) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<RegistryException>(fault => fault.IsTransient),
        MaxRetryAttempts = settings.Attempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = settings.FirstPause,
        MaxDelay = settings.LongestPause,
        DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RegistryException)?.RetryAfter),
        OnRetry = arguments =>
        {
            log.Warning($"{arguments.Outcome.Exception!.Message}; tried again in {arguments.RetryDelay.TotalSeconds:0.0} s");
            return ValueTask.CompletedTask;
        },
    };
}
