using Cake.Frosting;
using Pipeline.Targets.Hosting;

namespace Pipeline.Targets;

/// <summary>Turns a Frosting program into a pipeline.</summary>
public static class CakeHostPipelineExtensions
{
    /// <summary>
    /// Runs the program's targets with the pipeline's engine: in parallel, with typed results, evidence, parameters, masked secrets and a report.
    /// Called last, after everything else is configured: <c>return new CakeHost().UseContext&lt;BuildContext&gt;().UsePipeline(options => …).Run(args);</c>
    /// </summary>
    /// <param name="host">The host; plain Frosting tasks in it keep working.</param>
    /// <param name="configure">Declares parameters, exit codes and the like.</param>
    public static PipelineHost UsePipeline(this CakeHost host, Action<PipelineOptions>? configure = null)
    {
        StartProfile.Begin(Environment.GetCommandLineArgs().Skip(1));
        ArgumentNullException.ThrowIfNull(host);
        var options = new PipelineOptions();
        configure?.Invoke(options);
        return new(host, options);
    }
}
