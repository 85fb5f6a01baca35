using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Targets;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Benchmarks.Targets;

/// <summary>An engine with all that it needs, whose output goes nowhere.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
    private readonly string before = Directory.GetCurrentDirectory();
    private readonly RunDisplay display;

    private EngineUnderTest(Func<IServiceProvider, RunDisplay, ICakeEngine> engine)
    {
        IServiceCollection collection = null!;
        new CakeHost().ConfigureServices(services => collection = services);
        collection.AddSingleton<ICakeArguments>(new CakeArguments(Array.Empty<string>().ToLookup(name => name)));
        services = collection.BuildServiceProvider();
        Context = services.GetRequiredService<IFrostingContext>();
        Context.Environment.WorkingDirectory = folder;
        Strategy = new DefaultExecutionStrategy(new NullLog(), new SilentReportPrinter());
        display = new(TextWriter.Null, DisplayStyle.For(new(TextWriter.Null, TextWriter.Null)), live: null, TimeProvider.System);
        Engine = engine(services, display);
    }

    internal ICakeEngine Engine { get; }

    internal ICakeContext Context { get; }

    internal IExecutionStrategy Strategy { get; }

    internal static EngineUnderTest OfCake() => new((services, _) => new CakeEngine(services.GetRequiredService<ICakeDataService>(), new NullLog()));

    internal static EngineUnderTest Pipeline() => new((services, display) =>
    {
        var masker = new SecretMasker();
        var line = new LineStream(masker, _ => { });
        var options = new PipelineOptions();
        var run = new RunState
        {
            Options = options,
            Request = new() { Targets = ["all"], Parallel = Environment.ProcessorCount },
            Parameters = new([], new Dictionary<IParameter, object?>()),
            Catalog = TargetCatalog.Of([]),
            Masker = masker,
            Devices = new(TextWriter.Null, TextWriter.Null),
            Router = new(line, line),
            Display = display,
            Cancellation = new(CancellationToken.None),
            Variables = _ => null,
            StandardOutputIsDocument = false,
        };
        return new PipelineEngine(run, services.GetRequiredService<ICakeDataService>(), new NullLog());
    });

    public void Dispose()
    {
        display.Dispose();
        services.Dispose();
        // Cake's working directory is that of the process.
        Directory.SetCurrentDirectory(before);
        Directory.Delete(folder, recursive: true);
    }
}
