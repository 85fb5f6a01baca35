using Pipeline.Edge.Administration;
using Pipeline.Edge.Journal;
using Pipeline.Edge.Listening;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Worker;

/// <summary>
/// The end of a worker: requests in flight are finished, every answer ends its connection, and an idle connection gets its chance to ask once more,
/// because closing it could cross with a request on its way. Routes that the next worker is given hold here too.
/// </summary>
internal sealed class Retirement(
    OpenConnections connections, ActiveRequests active, RouteBoard board, RouteJournal journal, RetiringWorkers retiring, EdgeServices services)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task CompleteAsync()
    {
        services.Log.Write($"stopping: {connections.Public.Count()} connections, {active.Count} requests in flight");
        var began = Environment.TickCount64;
        var written = journal.LastWrite;
        // One that has not asked yet may still wait for the server's SETTINGS, and GOAWAY in their place is an error (RFC 9113, 3.4): its first answer ends it.
        foreach (var connection in connections.Public.Where(connection => connection is { IsHttp2: true, HasAsked: true }))
            connection.EndGently();
        while ((connections.Public.Any() || active.Count > 0) && Since(began) < services.Settings.DrainTimeout)
        {
            if (journal.LastWrite != written)
            {
                written = journal.LastWrite;
                board.Swap(journal.Load());
            }
            retiring.Report(board);
            foreach (var connection in connections.Public)
            {
                if (connection.IdleSince is { } idle && Since(Math.Max(idle, began)) >= services.Settings.RetireIdle)
                    connection.EndGently();
            }
            await Task.Delay(Look, services.Time);
        }
        foreach (var backend in board.Table.Backends)
            backend.Side.CutRequests();
        retiring.Gone();
    }

    private static TimeSpan Since(long tick) => TimeSpan.FromMilliseconds(Environment.TickCount64 - tick);
}
