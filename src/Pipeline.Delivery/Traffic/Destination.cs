namespace Pipeline.Delivery.Traffic;

/// <summary>Where one instance listens.</summary>
/// <param name="Instance">The instance's id.</param>
/// <param name="Address">Scheme, host and port: <c>http://127.0.0.1:41234</c>.</param>
public sealed record Destination(string Instance, Uri Address);
