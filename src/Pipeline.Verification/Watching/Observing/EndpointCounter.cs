using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Watching.Observing;

/// <summary>Counts the requests to one endpoint.</summary>
internal sealed class EndpointCounter(string path)
{
    private readonly Lock gate = new();
    private long requests;
    private long failures;
    private long answered;
    private double milliseconds;
    private string? lastFailure;

    public string Path => path;

    /// <summary>Counts one that ended.</summary>
    /// <param name="took">How long it took; null when it got no answer.</param>
    /// <param name="failure">Why it failed; null when it did not.</param>
    public void Count(TimeSpan? took, string? failure)
    {
        lock (gate)
        {
            requests++;
            if (failure is not null)
                (failures, lastFailure) = (failures + 1, failure);
            if (took is { } duration)
                (answered, milliseconds) = (answered + 1, milliseconds + duration.TotalMilliseconds);
        }
    }

    public EndpointTally Tally()
    {
        lock (gate)
            return new EndpointTally(path, requests, failures, answered == 0 ? 0 : milliseconds / answered, lastFailure);
    }
}
