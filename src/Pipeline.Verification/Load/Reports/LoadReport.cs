using Pipeline.Delivery.Ports;

namespace Pipeline.Verification.Load.Reports;

/// <summary>What a load found.</summary>
public sealed record LoadReport
{
    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the start to the end of the last request.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The rate that was to be kept, a second; null for a closed model.</summary>
    public required double? IntendedRate { get; init; }

    /// <summary>The rate at which requests were really sent, a second.</summary>
    public required double AchievedRate { get; init; }

    /// <summary>Requests that were to be sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Those that ended as they should.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Those that did not, by kind; kinds without any are left out.</summary>
    public required IReadOnlyDictionary<LoadFailureKind, long> FailuresByKind { get; init; }

    /// <summary>The first failures in full.</summary>
    public required IReadOnlyList<LoadFailure> FirstFailures { get; init; }

    /// <summary>Latencies of all requests that were sent, failed ones too: in an open model from the moment at which they were to be sent.</summary>
    public required LatencyDistribution Latency { get; init; }

    /// <summary>Latencies of those that succeeded.</summary>
    public required LatencyDistribution SucceededLatency { get; init; }

    /// <summary>How late requests were sent: the generator's own share in the latencies.</summary>
    public required LatencyDistribution Lateness { get; init; }

    /// <summary>The seconds, in order.</summary>
    public required IReadOnlyList<LoadSecond> Seconds { get; init; }

    /// <summary>Answers by the release that gave them, at most 100 different ones.</summary>
    public required IReadOnlyDictionary<string, long> Releases { get; init; }

    /// <summary>Connections opened.</summary>
    public required long Connections { get; init; }

    /// <summary>
    /// Connections that ended after a request was written to them and before the first byte of its answer. .NET's client sends such a request again on another
    /// connection where HTTP allows it, and then it counts as succeeded: whoever claims that nothing was dropped should look here too. 0 for HTTP/2.
    /// </summary>
    public required long CutOff { get; init; }

    /// <summary>One for each limit.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>All that did not succeed.</summary>
    public long Failed => Requests - Succeeded;

    /// <summary>Whether every limit is kept.</summary>
    public bool Passed => Checks.All(check => check.Passed);
}
