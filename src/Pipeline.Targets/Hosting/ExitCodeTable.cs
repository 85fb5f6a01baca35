namespace Pipeline.Targets.Hosting;

/// <summary>Which failure ends the program with which exit code.</summary>
internal sealed class ExitCodeTable
{
    private readonly List<(Type Type, int Code)> entries = [(typeof(MisuseException), ExitCode.Misuse)];

    internal void Add(Type exception, int code) => entries.Add((exception, code));

    internal int Of(Exception failure) => Find(failure) is var at and >= 0 ? entries[at].Code : ExitCode.Failed;

    /// <summary>When several targets failed, the failure with the smallest number decides: as registered, those without an entry last.</summary>
    internal int Precedence(Exception failure) => Find(failure) is var at and >= 0 ? at : int.MaxValue;

    private int Find(Exception failure) => Chain(failure)
        .Select(exception => entries.FindIndex(entry => entry.Type.IsInstanceOfType(exception)))
        .Where(at => at >= 0)
        .DefaultIfEmpty(-1)
        .Min();

    private static IEnumerable<Exception> Chain(Exception failure) => failure is AggregateException several
        ? several.InnerExceptions.SelectMany(Chain)
        : failure.InnerException is { } inner ? Chain(inner).Prepend(failure) : [failure];
}
