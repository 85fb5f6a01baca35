namespace Pipeline.Verification.Load.Plans;

/// <summary>
/// A closed model: so many connections, each of which sends its next request when the last was answered. It finds the greatest throughput; its latencies
/// say nothing of what users see, since a stalling server is sent less.
/// </summary>
public sealed record Saturation
{
    private const long MostRequests = 1_000_000_000;

    /// <summary>What the load goes to.</summary>
    public required LoadTarget Target { get; init; }

    /// <summary>Connections; 1 to 20,000.</summary>
    public required int Connections { get; init; }

    /// <summary>Requests in all; 1 to 10⁹.</summary>
    public required long Requests { get; init; }

    /// <summary>When to stop even if not all were sent; default 10 minutes.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(10);

    internal void Validate() => Plan.Validate(
    [
        .. Target.Faults(),
        .. Plan.Fault(Connections is < 1 or > 20_000, $"Connections is {Connections}; it must be 1 to 20000"),
        .. Plan.Fault(Requests is < 1 or > MostRequests, $"Requests is {Requests}; it must be 1 to {MostRequests}"),
        .. Plan.Fault(AtMost <= TimeSpan.Zero || AtMost > TimeSpan.FromHours(24), $"AtMost is {AtMost}; it must be above zero and at most 24 hours"),
    ]);
}
