using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Targets.CommandLine;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Hosting;

/// <summary>One run of the program through Cake.Frosting, with the pipeline's engine, console and processes in the place of Cake's.</summary>
internal sealed class PipelineProgram(CakeHost host, IServiceCollection services, PipelineOptions options, ConsoleDevices devices)
{
    internal int Run(RunRequest request, ParameterValues values, TargetCatalog catalog, SecretMasker masker)
    {
        using var signals = new Signals(devices.Error, options.Cancellation);
        var isDocument = request.Mode == RunMode.PlanJson || options.IsDocument(values, request.Targets);
        var writer = isDocument ? devices.Error : devices.Out;
        // Where errors go to the same place as the output, as with a terminal and a CI log, their order must hold.
        var live = devices.IsTerminal && !isDocument ? new LiveArea(devices.Width) : null;
        using var display = new RunDisplay(writer, DisplayStyle.For(devices), live, options.Time);
        var runOut = new LineStream(masker, display.Line);
        var runError = new LineStream(masker, display.Line);
        var run = new RunState
        {
            Options = options,
            Request = request,
            Parameters = values,
            Catalog = catalog,
            Masker = masker,
            Devices = devices,
            Router = new(runOut, runError),
            Display = display,
            Cancellation = new(signals.Token),
            Variables = options.Variables,
            StandardOutputIsDocument = isDocument,
        };
        signals.EndAtOnce = () =>
        {
            display.Close();
            run.Rescue();
        };
        var faults = MaskParameters(run);
        if (faults.Count > 0)
            return Refuse(faults);
        PipelineServices.Replace(services, run);
        var code = WithRoutedConsole(run.Router, () => host.Run(request.CakeArguments));
        runOut.Finish();
        runError.Finish();
        return End(run, display, code);
    }

    private List<string> MaskParameters(RunState run)
    {
        var faults = new List<string>();
        foreach (var parameter in options.Parameters.Where(parameter => parameter.IsSecret))
        {
            var text = run.Parameters.Text(parameter);
            if (run.Parameters.IsGiven(parameter) && text.Length > 0 && text.Length < SecretForms.ShortestMasked)
                faults.Add($"--{parameter.Name} has fewer than {SecretForms.ShortestMasked} characters and cannot be masked; use a longer one");
            else if (run.Parameters.IsGiven(parameter) && text.Length > 0)
                run.Mask(text, $"--{parameter.Name}");
        }

        return faults;
    }

    private int Refuse(List<string> faults)
    {
        foreach (var fault in faults)
            devices.Error.WriteLine(DisplayStyle.For(devices).Fault(fault));
        return ExitCode.Misuse;
    }

    private static int WithRoutedConsole(OutputRouter router, Func<int> run)
    {
        var (outBefore, errorBefore) = (Console.Out, Console.Error);
        Console.SetOut(router.OutWriter());
        Console.SetError(router.ErrorWriter());
        try
        {
            return run();
        }
        finally
        {
            Console.SetOut(outBefore);
            Console.SetError(errorBefore);
        }
    }

    private static int End(RunState run, RunDisplay display, int code)
    {
        if (run.Result is not { } result)
            return run.Cancellation.Run.IsCancellationRequested ? ExitCode.Cancelled : code;
        if (run.Request.NoReport)
            return result.ExitCode;
        display.Line(RunWords.Summary(result.Targets, result.Duration));
        display.Line($"report: {Path.GetRelativePath(run.Folders.Working, Path.Combine(run.Folders.Run, "report.html"))}");
        return result.ExitCode;
    }
}
