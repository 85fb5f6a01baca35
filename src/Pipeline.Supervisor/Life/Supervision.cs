using Pipeline.Supervision;
using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Logs;
using Pipeline.Supervisor.Sockets;
using Pipeline.Supervisor.Waiting;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Life;

/// <summary>
/// The life of one supervised process. One thread: it sleeps until a process ends, a signal comes or something is due, does what follows from that, writes
/// down what changed, and sleeps again.
/// </summary>
internal sealed class Supervision : IDisposable
{
    private readonly ProcessFolder folder;
    private readonly TimeProvider time;
    private readonly Journal journal;
    private readonly LogRotation rotation;
    private readonly Records records;
    private readonly RestartPause pause = new();
    private readonly Wakeup wakeup = new();
    private ListenSockets? sockets;
    private Worker? worker;
    private Ending? ending;
    private Ending? retirement;
    private Succession? succession;
    private Due? restart;
    private bool mayHaveRequest;
    private bool isStopping;
    private long workerStarted;

    private Supervision(ProcessFolder folder, ProcessIdentity self, TimeProvider time)
    {
        this.folder = folder;
        this.time = time;
        journal = new Journal(folder, time);
        rotation = new LogRotation(folder, journal);
        records = new Records(folder, self, journal);
        workerStarted = time.GetTimestamp();
    }

    private ProcessSpecification Specification => records.State.Specification;

    private bool IsOver => worker is null && retirement is null && succession is null && restart is null;

    /// <summary>Takes the folder over; null when this launch is not wanted any more.</summary>
    /// <exception cref="SupervisionException">The folder holds no specification.</exception>
    internal static Supervision? Begin(ProcessFolder folder, string launch, TimeProvider time)
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        RecordFile.Write(folder.Supervisor, self, SupervisionJson.Default.ProcessIdentity);
        var isWanted = File.Exists(folder.Wanted) && File.ReadAllText(folder.Wanted) == launch;
        return isWanted ? new Supervision(folder, self, time) : null;
    }

    /// <summary>Runs until the process is stopped, or has ended and is not to be started again.</summary>
    /// <exception cref="SupervisionException">It could not be started at all; the state says so too.</exception>
    internal void Run()
    {
        Adopt();
        if (worker is null)
            StartFirst();
        while (!IsOver)
        {
            wakeup.Sleep(Rhythm.Descriptors(worker, retirement, succession), Rhythm.Rest(rotation.Rest, worker, ending, retirement, succession, restart));
            NoteEnds();
            NoteSignals();
            LookAtSuccession();
            if (restart is { IsPast: true })
                Restart();
            ending?.Look();
            retirement?.Look();
            records.WriteAgain();
            rotation.Run(Specification, worker);
        }
    }

    public void Dispose()
    {
        worker?.Dispose();
        retirement?.Worker.Dispose();
        succession?.Worker.Dispose();
        wakeup.Dispose();
    }

    private void Adopt()
    {
        var (adopted, retiring) = Inheritance.Take(records.State);
        worker = adopted;
        retirement = retiring is null ? null : new Ending(retiring, Specification, time);
        if (worker is null)
            return;
        sockets = ListenSockets.TakeFrom(worker, Specification.Listen);
        journal.Say($"adopted process {worker.Identity.ProcessId}{(sockets is null ? "; its sockets are out of reach" : "")}");
        records.Write(records.State with { Child = worker.Identity, Starting = null, Successor = null, Retiring = retirement?.Worker.Identity });
    }

    private void StartFirst()
    {
        try
        {
            Start();
        }
        catch (SupervisionException fault)
        {
            records.Write(records.State with { Child = null, Fault = fault.Message });
            throw;
        }
    }

    private void Start()
    {
        sockets ??= ListenSockets.Open(Specification.Listen);
        worker = WorkerStart.Run(folder, Specification, sockets, records.Announce());
        workerStarted = time.GetTimestamp();
        records.Write(records.State with { Child = worker.Identity, Starting = null, StartedAt = time.GetUtcNow() });
    }

    private void Restart()
    {
        restart = null;
        records.Write(records.State with { Restarts = records.State.Restarts + 1 });
        try
        {
            Start();
        }
        catch (SupervisionException fault)
        {
            journal.Say(fault.Message);
            records.Write(records.State with { LastExit = fault.Message });
            restart = Due.In(pause.After(TimeSpan.Zero), time);
        }
    }

    private void NoteEnds()
    {
        if (retirement?.Worker.Ended() is not null)
        {
            retirement.Worker.Dispose();
            retirement = null;
            records.Write(records.State with { Retiring = null });
        }
        if (worker?.Ended() is not { } exit)
            return;
        journal.Say($"process {worker.Identity.ProcessId} ended: {exit}");
        worker.Dispose();
        (worker, ending) = (null, null);
        records.Write(records.State with { Child = null, LastExit = exit });
        if (Specification.Restart && !isStopping)
            restart = Due.In(pause.After(time.GetElapsedTime(workerStarted)), time);
    }

    private void NoteSignals()
    {
        if (wakeup.TakeChange())
        {
            mayHaveRequest = true;
            restart = restart is null ? null : Due.In(TimeSpan.Zero, time);
        }
        if (!wakeup.StopAsked || isStopping)
            return;
        isStopping = true;
        restart = null;
        if (succession is not null)
            Refuse(succession.Request, "it was stopped before the new process was ready");
        if (worker is not null)
            ending = new Ending(worker, Specification, time);
    }

    private void LookAtSuccession()
    {
        if (succession is { Worker.IsReady: true })
            Succeed(succession);
        else if (succession?.Fault() is { } fault)
            Refuse(succession.Request, fault);
        else if (mayHaveRequest && succession is null && retirement is null && !isStopping)
            BeginSuccession();
    }

    private void BeginSuccession()
    {
        mayHaveRequest = false;
        if (records.TakeRequest() is not { } request)
            return;
        try
        {
            // Sockets are missing only when a killed supervisor's could not be had: these open beside them and get no connections before the process is ready.
            sockets ??= worker is null ? ListenSockets.Open(Specification.Listen) : ListenSockets.OpenBeside(Specification.Listen);
            var start = records.Announce();
            var successor = WorkerStart.Run(folder, request.Specification, sockets, start);
            succession = new Succession(request, successor, folder.Log, Due.In(request.ReadyTimeout, time));
            records.Write(records.State with { Successor = successor.Identity, Starting = null });
        }
        catch (SupervisionException fault)
        {
            Refuse(request, fault.Message);
        }
    }

    private void Succeed(Succession present)
    {
        sockets!.TakeConnections();
        var (old, oldSpecification) = (worker, Specification);
        (worker, succession, restart, workerStarted) = (present.Worker, null, null, time.GetTimestamp());
        records.Write(records.State with
        {
            Specification = present.Request.Specification,
            Child = worker.Identity,
            Successor = null,
            Retiring = old?.Identity,
            StartedAt = time.GetUtcNow(),
            Restarts = 0,
            LastExit = null,
            Replaced = new ReplaceOutcome(present.Request.Id, null),
        });
        records.WriteSpecification();
        retirement = old is null ? null : new Ending(old, oldSpecification, time);
    }

    private void Refuse(ReplaceRequest request, string fault)
    {
        succession?.Worker.End();
        succession = null;
        records.Write(records.State with { Successor = null, Replaced = new ReplaceOutcome(request.Id, fault) });
    }
}
