using Pipeline.Supervisor.Life;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Waiting;

/// <summary>What wakes a supervisor, and how long it sleeps at most.</summary>
internal static class Rhythm
{
    private static readonly TimeSpan LookForReadyFile = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookForEnd = TimeSpan.FromMilliseconds(100);

    internal static IEnumerable<int> Descriptors(Worker? worker, Ending? retirement, Succession? succession) =>
        Workers(worker, retirement, succession).Select(present => present.Descriptor).Where(descriptor => descriptor >= 0);

    internal static TimeSpan Rest(
        TimeSpan lookAtLog, Worker? worker, Ending? ending, Ending? retirement, Succession? succession, Due? restart)
    {
        var canSeeEnds = Workers(worker, retirement, succession).All(present => present.Descriptor >= 0);
        TimeSpan?[] limits =
        [
            lookAtLog, canSeeEnds ? null : LookForEnd, succession is null ? null : LookForReadyFile,
            restart?.Left, AtLeast(ending?.Left), AtLeast(retirement?.Left),
        ];
        return limits.OfType<TimeSpan>().Min();
    }

    // A killed process may take a moment to go: asked again, but not in a tight circle.
    private static TimeSpan? AtLeast(TimeSpan? left) => left < LookForReadyFile ? LookForReadyFile : left;

    private static IEnumerable<Worker> Workers(Worker? worker, Ending? retirement, Succession? succession) =>
        new[] { worker, retirement?.Worker, succession?.Worker }.OfType<Worker>();
}
