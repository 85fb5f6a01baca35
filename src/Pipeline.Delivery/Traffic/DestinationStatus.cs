namespace Pipeline.Delivery.Traffic;

/// <summary>An instance as its edge sees it.</summary>
/// <param name="Instance">Its id.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Healthy">The verdict of the last probes.</param>
/// <param name="LastProbe">The last probe's answer, for people: <c>200 in 3 ms</c>, <c>connection refused</c>.</param>
public sealed record DestinationStatus(string Instance, Uri Address, bool Healthy, string LastProbe);
