using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Journal;
using Pipeline.Edge.Routing;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Administration;

/// <summary>Follows the operator's orders, one at a time: checked, then on disk, then in effect.</summary>
internal sealed class EdgeOrders(RouteBoard board, RouteJournal journal, JournalOwnership ownership, Hold hold, RetiringWorkers retiring, EdgeServices services)
    : IDisposable
{
    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task ApplyAsync(RouteDocument routes, CancellationToken cancellation)
    {
        var faults = RouteValidation.Faults(routes);
        if (faults.Count > 0)
            throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer(string.Join("; ", faults)));
        await ChangeAsync(routes.Fence, _ => routes, cancellation);
    }

    public Task WeighAsync(WeightsOrder order, CancellationToken cancellation) => ChangeAsync(order.Fence, present =>
    {
        var weights = order.Weights ?? new Dictionary<string, int>();
        var unknown = weights.Keys.Where(colour => present.Backends.All(backend => backend.Colour != colour)).ToList();
        if (unknown.Count > 0 || weights.Count == 0)
            throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer(unknown.Count == 0
                ? "weights: none is given; give at least one, like blue=100"
                : $"weights: {string.Join(", ", unknown)} is not routed; route it first, or weigh {string.Join(", ", present.Backends.Select(b => b.Colour))}"));
        var routes = new RouteDocument(order.Fence, [.. present.Backends.Select(backend =>
            weights.TryGetValue(backend.Colour, out var weight) ? backend with { Weight = weight } : backend)]);
        var faults = RouteValidation.Faults(routes);
        return faults.Count == 0 ? routes
            : throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer(string.Join("; ", faults)));
    }, cancellation);

    public void HoldRequests(HoldOrder order)
    {
        CheckFence(order.Fence);
        var atMost = order.AtMost is null ? Hold.Longest : Quantities.Duration(order.AtMost) ?? TimeSpan.Zero;
        if (atMost <= TimeSpan.Zero || atMost > Hold.Longest)
            throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer(
                $"hold: at most '{order.AtMost}'; write a time above 0 and up to {Hold.Longest.TotalSeconds} s, like 10s"));
        hold.Start(atMost);
        services.Log.Write($"requests are held for at most {atMost.TotalSeconds} s");
    }

    public void ReleaseRequests(HoldOrder order)
    {
        CheckFence(order.Fence);
        hold.Release();
        services.Log.Write("requests are no longer held");
    }

    /// <summary>Waits until nothing is in flight to a side. What is left then on a side that gets no new requests is ended.</summary>
    public async Task<int> DrainAsync(string colour, TimeSpan atMost, CancellationToken cancellation)
    {
        var started = services.Time.GetTimestamp();
        int left;
        while ((left = InFlight(colour)) > 0 && services.Time.GetElapsedTime(started) < atMost)
            await Task.Delay(DrainLook, services.Time, cancellation);
        if (left > 0 && board.Table.ByColour(colour) is { Weight: 0 } backend)
        {
            backend.Side.CutRequests();
            services.Log.Write($"{colour}: {left} requests still in flight after {atMost.TotalSeconds} s were ended");
        }
        return left;
    }

    public void Dispose() => oneAtATime.Dispose();

    private int InFlight(string colour) => (board.Table.ByColour(colour)?.Side.InFlight.Count ?? 0) + retiring.InFlight(colour);

    private async Task ChangeAsync(long fence, Func<RouteDocument, RouteDocument> change, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            using var owned = await ownership.LockAsync(cancellation);
            if (!ownership.IsMine())
                throw new OrderRefusedException(StatusCodes.Status503ServiceUnavailable, new ErrorAnswer("this worker of the edge is being replaced; ask again"));
            CheckFence(fence);
            var routes = change(board.Table.Document);
            journal.Save(routes);
            board.Swap(routes);
            services.Log.Write($"routes with token {fence}: {Describe(routes)}");
        }
        catch (JournalException problem)
        {
            throw new OrderRefusedException(StatusCodes.Status507InsufficientStorage, new ErrorAnswer(problem.Message));
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private void CheckFence(long given)
    {
        var fence = board.Table.Document.Fence;
        if (given < fence)
            throw new OrderRefusedException(StatusCodes.Status409Conflict, new ErrorAnswer(
                $"the fencing token {given} is older than {fence}, the last one accepted; somebody else deploys here since, so take the lock again", fence, given));
    }

    private static string Describe(RouteDocument routes) => routes.Backends.Count == 0 ? "none" : string.Join(", ", routes.Backends.Select(backend =>
        $"{backend.Colour} {backend.Weight} % {backend.Digest[..19]} on {backend.Destinations?.Count ?? 0}"));
}
