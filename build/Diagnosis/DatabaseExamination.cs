using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Build.Diagnosis;

/// <summary>A database that somebody else runs answers; one of ours needs the programs of PostgreSQL.</summary>
public sealed class DatabaseExamination(string subject, IDatabaseServer server) : IExamination
{
    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            if (server is GivenDatabase)
                return [new(subject, true, $"{await server.EnsureRunningAsync(cancellation)} answers")];
            return [new(subject, true, await server.ObserveAsync(cancellation) is { } running ? $"embedded, answers at {running}" : "embedded, not running; a deployment starts it")];
        }
        catch (DeliveryException fault)
        {
            return [new(subject, false, fault.Message)];
        }
    }
}
