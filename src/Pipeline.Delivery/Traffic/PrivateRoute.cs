using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Traffic;

/// <summary>A way through the edge that only this machine's operator has.</summary>
/// <param name="SocketPath">The edge's private Unix domain socket; HTTP/1.1.</param>
/// <param name="HeaderName">The request header that picks the side, honoured on that socket only.</param>
/// <param name="Colour">The side; its name is the header's value.</param>
public sealed record PrivateRoute(string SocketPath, string HeaderName, Colour Colour);
