using Cake.Core.IO;
using Pipeline.Targets.Output;

namespace Pipeline.Targets.Running;

/// <summary>
/// Starts processes for Cake with their output in that of the target they belong to: a child that wrote to the terminal itself would neither
/// stay together nor be masked. When the run is cancelled the children have a moment to end before they are ended.
/// </summary>
internal sealed class CapturingProcessRunner(IProcessRunner inner, OutputRouter router, RunCancellation cancellation) : IProcessRunner
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        var output = router.Out;
        var error = router.Error;
        if (!settings.RedirectStandardOutput)
        {
            settings.RedirectStandardOutput = true;
            settings.RedirectedStandardOutputHandler = line => Pass(output, line);
        }

        if (!settings.RedirectStandardError)
        {
            settings.RedirectStandardError = true;
            settings.RedirectedStandardErrorHandler = line => Pass(error, line);
        }

        return new EndedWithTheRun(inner.Start(filePath, settings), Grace, cancellation.Current);
    }

    // Null: the line is not kept for a reader, who would otherwise have to take every line from memory.
    private static string? Pass(LineStream stream, string? line)
    {
        if (line is not null)
            stream.Write(line + "\n");
        return null;
    }

    private sealed class EndedWithTheRun : IProcess
    {
        private readonly IProcess process;
        private readonly CancellationTokenRegistration registration;
        private Timer? end;
        private volatile bool ended;

        internal EndedWithTheRun(IProcess process, TimeSpan grace, CancellationToken cancellation)
        {
            this.process = process;
            registration = cancellation.Register(() => end = new Timer(_ => End(), null, grace, Timeout.InfiniteTimeSpan));
        }

        public void WaitForExit()
        {
            process.WaitForExit();
            Done();
        }

        public bool WaitForExit(int milliseconds)
        {
            var exited = process.WaitForExit(milliseconds);
            Done();
            return exited;
        }

        public int GetExitCode() => process.GetExitCode();

        public IEnumerable<string> GetStandardError() => process.GetStandardError();

        public IEnumerable<string> GetStandardOutput() => process.GetStandardOutput();

        public void Kill()
        {
            process.Kill();
            Done();
        }

        public void Dispose()
        {
            Done();
            process.Dispose();
        }

        private void Done()
        {
            ended = true;
            registration.Dispose();
            end?.Dispose();
        }

        // It may end by itself in this very moment, and then there is nothing left to end.
        private void End()
        {
            try
            {
                if (!ended)
                    process.Kill();
            }
            catch (InvalidOperationException)
            {
                ended = true;
            }
        }
    }
}
