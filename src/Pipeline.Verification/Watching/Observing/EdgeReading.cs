using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Verification.Watching.Observing;

/// <summary>Reads an edge that may be restarting, slow or gone: then there is no reading.</summary>
internal static class EdgeReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<EdgeStatus?> TakeAsync(IEdge edge, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await edge.ObserveAsync(cancellation).WaitAsync(Patience, time, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever keeps the edge from answering is one fact to the judge: it was not seen.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
