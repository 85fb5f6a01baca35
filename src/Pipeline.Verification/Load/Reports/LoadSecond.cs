namespace Pipeline.Verification.Load.Reports;

/// <summary>One second of a load, for plots.</summary>
/// <param name="Second">Counted from 0.</param>
/// <param name="Sent">Requests sent in it.</param>
/// <param name="Succeeded">Requests that ended in it as they should.</param>
/// <param name="Failed">Requests that ended in it otherwise, or were not sent.</param>
/// <param name="P50Milliseconds">The median latency of those that ended in it.</param>
/// <param name="P99Milliseconds">What 99 of 100 of them kept.</param>
/// <param name="MaxMilliseconds">The greatest of them.</param>
public sealed record LoadSecond(int Second, long Sent, long Succeeded, long Failed, double P50Milliseconds, double P99Milliseconds, double MaxMilliseconds);
