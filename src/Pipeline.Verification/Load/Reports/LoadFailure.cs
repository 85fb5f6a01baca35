namespace Pipeline.Verification.Load.Reports;

/// <summary>One failed request in full.</summary>
/// <param name="At">When it failed.</param>
/// <param name="Kind">How.</param>
/// <param name="Request">Method and URL.</param>
/// <param name="LatencyMilliseconds">From the moment at which it was to be sent.</param>
/// <param name="Release">The release that answered; null when none said so.</param>
/// <param name="Detail">The error, or the status and the beginning of the body.</param>
public sealed record LoadFailure(DateTimeOffset At, LoadFailureKind Kind, string Request, double LatencyMilliseconds, string? Release, string Detail);

/// <summary>The ways in which a request of a load fails.</summary>
public enum LoadFailureKind
{
    /// <summary>No connection could be made.</summary>
    ConnectError,

    /// <summary>The connection broke before the answer was complete.</summary>
    Reset,

    /// <summary>There was no complete answer in time.</summary>
    TimeOut,

    /// <summary>A status of 500 or above.</summary>
    ServerError,

    /// <summary>Another status than the expected one.</summary>
    WrongStatus,

    /// <summary>A body without the expected text.</summary>
    WrongBody,

    /// <summary>An answer that is no HTTP.</summary>
    NotHttp,

    /// <summary>Too many requests were waiting for their answers already.</summary>
    NotSent,
}
