using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Waiting;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Life;

/// <summary>A new process that has not yet said that it is ready to take the old one's place.</summary>
internal sealed class Succession(ReplaceRequest request, Worker worker, string log, Due limit)
{
    internal ReplaceRequest Request { get; } = request;

    internal Worker Worker { get; } = worker;

    /// <summary>Why it will not become ready; null while it may.</summary>
    internal string? Fault()
    {
        if (Worker.Ended() is { } exit)
            return $"the new process ended with {exit} before it was ready; its last log lines are in {log}";
        return limit.IsPast
            ? $"the new process did not create the file named by PIPELINE_READY_FILE within {Request.ReadyTimeout.TotalSeconds:0.#} s and was ended; "
                + $"its last log lines are in {log}"
            : null;
    }
}
