using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Frosting.Sample.Services;

public sealed class ShoutingLog(IConsole console) : ICakeLog
{
    public Verbosity Verbosity { get; set; }

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity <= Verbosity)
            console.WriteLine("{0}", string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args).ToUpperInvariant());
    }
}

public sealed class TersePrinter(IConsole console) : ICakeReportPrinter
{
    public void Write(CakeReport report) => console.WriteLine("{0}", string.Join(", ", report.Select(entry => $"{entry.TaskName} {entry.ExecutionStatus}")));

    public void WriteStep(string name, Verbosity verbosity) => console.WriteLine("step {0}", name);

    public void WriteLifeCycleStep(string name, Verbosity verbosity) => console.WriteLine("life cycle {0}", name);

    public void WriteSkippedStep(string name, Verbosity verbosity) => console.WriteLine("skipped {0}", name);
}
