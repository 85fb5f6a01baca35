using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Traffic;

/// <summary>A side of the environment behind the edge.</summary>
/// <param name="Colour">Its name.</param>
/// <param name="Digest">The release it runs: the <c>Pipeline-Release</c> header of its answers.</param>
/// <param name="Weight">Its share of the requests, 0 to 100.</param>
/// <param name="Destinations">Its instances; at least one when the weight is above 0.</param>
public sealed record Backend(Colour Colour, Digest Digest, int Weight, IReadOnlyList<Destination> Destinations);
