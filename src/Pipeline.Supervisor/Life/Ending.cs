using Pipeline.Supervision;
using Pipeline.Supervisor.Waiting;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Life;

/// <summary>A process that was asked to end and is killed when it has not after its time.</summary>
internal sealed class Ending
{
    private readonly Due limit;

    internal Ending(Worker worker, ProcessSpecification specification, TimeProvider time)
    {
        Worker = worker;
        limit = Due.In(specification.StopTimeout, time);
        worker.Signal(specification.StopSignal);
    }

    internal Worker Worker { get; }

    internal TimeSpan Left => limit.Left;

    internal void Look()
    {
        if (limit.IsPast)
            Worker.Kill();
    }
}
