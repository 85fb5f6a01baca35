using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Edge.Administration;
using Pipeline.Edge.Forwarding;
using Pipeline.Edge.Journal;
using Pipeline.Edge.Listening;
using Pipeline.Edge.Listening.Lending;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Worker;

/// <summary>One running edge: takes over the folder and the sockets, serves until it is told to stop, and retires without cutting anybody off.</summary>
internal sealed class EdgeWorker(string directory, string name, IReadOnlyList<ListeningSocket> sockets, EdgeServices services)
{
    private const string ReadyFile = "PIPELINE_READY_FILE";

    public async Task RunAsync(CancellationToken stop)
    {
        using var connections = new OpenConnections(services.Settings);
        var board = new RouteBoard(services);
        var hold = new Hold(services.Settings.MaxHeld, services.Time);
        var journal = new RouteJournal(directory, services);
        var ownership = new JournalOwnership(directory);
        var retiring = new RetiringWorkers(directory, ownership.Worker, services.Time);
        using var orders = new EdgeOrders(board, journal, ownership, hold, retiring, services);
        var status = new StatusReport(name, board, hold, connections, [.. sockets.Select(socket => socket.Address)], services.Time.GetUtcNow());
        var forwarder = new RequestForwarder(ForwarderFactory.Create(), services);
        var active = new ActiveRequests();
        var application = new EdgeApplication(
            new PublicRequests(board, hold, forwarder, services), new PrivateRequests(board, forwarder, services), new ControlRequests(orders, status), active);
        var doorways = new Doorways();
        using var server = KestrelSettings.Server(doorways, services.Settings);
        await server.StartAsync(application, CancellationToken.None);

        using var local = new LocalSockets(directory, ownership.Worker);
        await using var lender = Lender();
        using (await ownership.LockAsync(stop))
        {
            // Before the one that listens now learns that it may stop.
            foreach (var socket in sockets)
                socket.BeginSharing();
            local.TakeOver();
            lender?.Place();
            retiring.ForgetKilled();
            board.Swap(journal.Load());
        }
        using var transport = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), NullLogger.Instance);
        using var accepting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var acceptors = Acceptors(local, doorways, connections, transport).Select(acceptor => acceptor.RunAsync(accepting.Token)).ToArray();
        SayReady();
        if (sockets.Any(socket => socket.IsHandedOn))
            await new Succession(ownership, services).EndWithSuccessorAsync(accepting);
        await Task.WhenAll(acceptors);

        services.Retire();
        CloseOwnSockets();
        await new Retirement(connections, active, board, journal, retiring, services).CompleteAsync();
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1), services.Time);
        await server.StopAsync(atOnce.Token);
        services.Log.Write("stopped");
    }

    private IEnumerable<Acceptor> Acceptors(
        LocalSockets local, Doorways doorways, OpenConnections connections, SocketConnectionContextFactory factory)
    {
        foreach (var socket in sockets)
            yield return new Acceptor(socket.Socket, ConnectionKind.Public, doorways, connections, factory, services);
        yield return new Acceptor(local.Private, ConnectionKind.Private, doorways, connections, factory, services);
        yield return new Acceptor(local.Control, ConnectionKind.Control, doorways, connections, factory, services);
    }

    // A door that is killed and started anew gets its sockets back here.
    private SocketLender? Lender() => sockets.Any(socket => socket.Ownership == SocketOwnership.Borrowed)
        ? new SocketLender(new LendingPlaces(directory).Edge, sockets, services.Log, services.Time)
        : null;

    // Nobody takes over a socket of its own: whoever comes now is better told so than left waiting.
    private void CloseOwnSockets()
    {
        foreach (var socket in sockets.Where(socket => socket.EndsWithWorker))
            socket.Socket.Dispose();
    }

    private void SayReady()
    {
        if (Environment.GetEnvironmentVariable(ReadyFile) is { Length: > 0 } file)
            File.WriteAllText(file, "");
        services.Log.Write($"edge {directory} listens on {string.Join(", ", sockets.Select(socket => socket.Address))} as process {Environment.ProcessId}");
    }
}
