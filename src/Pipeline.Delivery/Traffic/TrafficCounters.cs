namespace Pipeline.Delivery.Traffic;

/// <summary>Counters of the requests that users made to a side. They only grow while the edge and the backend live; compare two readings.</summary>
/// <param name="Since">When counting started.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failures">Those answered with a status of 500 or above, by the instance or by the edge for it.</param>
/// <param name="Latency">Time from the request's arrival at the edge to the end of its answer.</param>
public sealed record TrafficCounters(DateTimeOffset Since, long Requests, long Failures, LatencyHistogram Latency);
