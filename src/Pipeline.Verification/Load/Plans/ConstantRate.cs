namespace Pipeline.Verification.Load.Plans;

/// <summary>
/// An open model: requests are sent at a constant rate whether or not earlier ones were answered, as users come. Latency counts from the moment at which a
/// request was to be sent, so that a server that stalls is charged with everybody it kept waiting.
/// </summary>
public sealed record ConstantRate
{
    private const double MostPerSecond = 100_000;
    private const double MostRequests = 1e9;

    /// <summary>What the load goes to.</summary>
    public required LoadTarget Target { get; init; }

    /// <summary>The rate; above 0, at most 100,000.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>How long requests are sent; above zero, at most 24 hours, and at most 10⁹ requests in all.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The most connections at once; 1 to 20,000, default 512.</summary>
    public int MostConnections { get; init; } = 512;

    /// <summary>
    /// The most requests without an answer at once; a request that comes on top is not sent and counts as failed. 1 to 1,000,000, default
    /// 10,000.
    /// </summary>
    public int MostInFlight { get; init; } = 10_000;

    internal long Count => (long)Math.Ceiling(RequestsPerSecond * Duration.TotalSeconds);

    internal void Validate() => Plan.Validate(
    [
        .. Target.Faults(),
        .. Plan.Fault(
            !(RequestsPerSecond > 0 && RequestsPerSecond <= MostPerSecond),
            $"RequestsPerSecond is {RequestsPerSecond}; it must be above 0 and at most {MostPerSecond}"),
        .. Plan.Fault(Duration <= TimeSpan.Zero || Duration > TimeSpan.FromHours(24), $"Duration is {Duration}; it must be above zero and at most 24 hours"),
        .. Plan.Fault(RequestsPerSecond * Duration.TotalSeconds > MostRequests, $"rate and duration make more than {MostRequests} requests; lower one of them"),
        .. Plan.Fault(MostConnections is < 1 or > 20_000, $"MostConnections is {MostConnections}; it must be 1 to 20000"),
        .. Plan.Fault(MostInFlight is < 1 or > 1_000_000, $"MostInFlight is {MostInFlight}; it must be 1 to 1000000"),
    ]);
}
