using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;

namespace Pipeline.Targets.Hosting;

/// <summary>Puts the parts of the pipeline in the place of Cake's, through nothing but the services of the host.</summary>
internal static class PipelineServices
{
    internal static void Replace(IServiceCollection services, RunState run)
    {
        services.AddSingleton<IConsole>(new RoutedConsole(run.Router, run.Devices));
        services.AddSingleton<ICakeReportPrinter>(new SilentReportPrinter());
        services.AddSingleton<IProcessRunner>(provider => new CapturingProcessRunner(
            provider.GetRequiredService<ICakeEnvironment>(), provider.GetRequiredService<ICakeLog>(), run.Router, run.Cancellation));
        services.AddSingleton(new SecretMask(run));
        services.AddSingleton(new Terminal(run));
        services.AddSingleton(provider => Engine(provider, run));
        services.AddSingleton<ICakeEngine>(provider => provider.GetRequiredService<PipelineEngine>());
        // An enumerable that is registered itself comes before one that is gathered from single registrations: the host asks for its tasks
        // and gets the very objects that took each other in their constructors.
        services.AddSingleton<IEnumerable<IFrostingTask>>(provider => Tasks(provider, services, run));
    }

    private static PipelineEngine Engine(IServiceProvider provider, RunState run) =>
        new(run, provider.GetRequiredService<ICakeDataService>(), provider.GetRequiredService<ICakeLog>());

    private static IReadOnlyList<IFrostingTask> Tasks(IServiceProvider provider, IServiceCollection services, RunState run)
    {
        run.Catalog = run.Options.OnlyTargets is null
            ? TargetCatalog.Of(run.Catalog.Targets.Select(target => target.Type).Concat(Registered(services)).Distinct())
            : run.Catalog;
        var tasks = Make(new(run.Catalog, provider), run);
        provider.GetRequiredService<PipelineEngine>().Targets =
            tasks.OfType<PipelineTarget>().ToDictionary(target => TargetNames.Of(target.GetType()), StringComparer.OrdinalIgnoreCase);
        return tasks;
    }

    // A constructor that refuses its configuration ends the program with the exit code of its exception.
    private static IReadOnlyList<IFrostingTask> Make(TargetFactory factory, RunState run)
    {
        try
        {
            return factory.MakeAll();
        }
        catch (Exception exception) when (exception is not CakeException)
        {
            throw new CakeException(run.Options.ExitCodes.Of(exception), exception.Message, exception);
        }
    }

    private static IEnumerable<Type> Registered(IServiceCollection services) =>
        services.Where(service => service.ServiceType == typeof(IFrostingTask)).Select(service => service.ImplementationType).OfType<Type>();
}
