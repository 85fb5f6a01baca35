using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Pipeline.Targets.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first one cancels the run, a second one ends the program at once.</summary>
[SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The writer is the console's, which outlives the run.")]
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource cancellation;
    private readonly TextWriter error;
    private readonly List<PosixSignalRegistration> registrations = [];
    private int count;

    internal Signals(TextWriter error, CancellationToken outer)
    {
        this.error = error;
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(outer);
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Take));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take));
        if (!OperatingSystem.IsWindows())
            registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take));
    }

    internal CancellationToken Token => cancellation.Token;

    /// <summary>Done before the program ends at once.</summary>
    internal Action EndAtOnce { get; set; } = () => { };

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        cancellation.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref count) > 1)
        {
            EndAtOnce();
            Environment.Exit(ExitCode.Cancelled);
        }

        error.WriteLine($"{signal.Signal}: stopping; once more ends at once");
        // Cancelling runs the callbacks of every target; the signal must be free for the second one meanwhile.
        _ = Task.Run(cancellation.Cancel);
    }
}
