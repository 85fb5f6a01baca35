using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Targets.Output;

/// <summary>Cake's headings and closing table: the display of the run tells the same, target by target.</summary>
internal sealed class SilentReportPrinter : ICakeReportPrinter
{
    public void Write(CakeReport report)
    {
    }

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
