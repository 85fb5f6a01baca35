using System.Diagnostics.CodeAnalysis;
using Pipeline.Edge.Counting;

namespace Pipeline.Edge.Routing;

/// <summary>A release on one side of the edge for as long as some routes name it, whatever its weight and destinations.</summary>
/// <param name="colour"><c>blue</c> or <c>green</c>.</param>
/// <param name="digest">The release.</param>
/// <param name="since">When it was first routed.</param>
[SuppressMessage("Design", "CA1001", Justification = "The sources have no timer and no wait handle; nothing is left to dispose.")]
internal sealed class Side(string colour, string digest, DateTimeOffset since)
{
    private volatile CancellationTokenSource cut = new();

    public string Colour => colour;

    public string Digest => digest;

    public ReleaseTraffic Traffic { get; } = new(since);

    public InFlight InFlight { get; } = new();

    /// <summary>Cancelled when the requests in flight are to end at once.</summary>
    public CancellationToken Cut => cut.Token;

    /// <summary>Ends the requests in flight; those that come later are not touched.</summary>
    public void CutRequests()
    {
        var old = Interlocked.Exchange(ref cut, new CancellationTokenSource());
        old.Cancel();
    }
}
