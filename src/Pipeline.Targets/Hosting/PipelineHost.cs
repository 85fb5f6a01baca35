using System.Reflection;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Targets.CommandLine;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Hosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Parameters;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets;

/// <summary>The program: reads the command line, checks everything that can be known, runs the targets and returns the exit code.</summary>
public sealed class PipelineHost
{
    private readonly CakeHost host;
    private readonly PipelineOptions options;
    private IServiceCollection services = null!;

    internal PipelineHost(CakeHost host, PipelineOptions options)
    {
        this.host = host;
        this.options = options;
        // The collection that the host itself keeps filling: what it adds later is seen through it too.
        host.ConfigureServices(collection => services = collection);
        foreach (var assembly in options.Assemblies)
            host.AddAssembly(assembly);
    }

    /// <summary>
    /// Runs the program. 0: done; 1: a target failed; 2: misuse or invalid configuration; 130: cancelled; others as mapped with
    /// <see cref="PipelineOptions.ExitCodeFor{TException}"/>.
    /// </summary>
    public int Run(IEnumerable<string> args)
    {
        var devices = options.Console();
        OptionDefinition[] definitions = [.. KnownOptions.All, .. options.Parameters.Select(KnownOptions.Of)];
        var line = new LineParser(definitions, options.UndeclaredArguments).Parse([.. args]);
        var catalog = FindTargets();
        var faults = new List<string>([.. line.Faults, .. ParameterFaults()]);
        var request = RequestReader.Read(line, options.DefaultTarget, faults);
        var values = ParameterReader.Read(options.Parameters, line, options.Variables, faults);
        if ((request.Mode == RunMode.Help || faults.Count == 0) && Show(request, definitions, catalog, devices))
            return ExitCode.Done;

        services.AddSingleton(values);
        services.AddSingleton(options.Time);
        Check(request, catalog, values, faults);
        if (faults.Count > 0)
            return Refuse(faults, devices);
        return new PipelineProgram(host, services, options, devices).Run(request, values, catalog, new SecretMasker());
    }

    private TargetCatalog FindTargets() => options.OnlyTargets is { } only
        ? TargetCatalog.Of(only)
        : TargetCatalog.Find(Assembly.GetEntryAssembly() is { } program ? options.Assemblies.Prepend(program).Distinct() : options.Assemblies, services);

    private IEnumerable<string> ParameterFaults() =>
        from same in options.Parameters.Select(parameter => parameter.Name).Concat(KnownOptions.All.SelectMany(option => option.AllNames)).GroupBy(name => name)
        where same.Count() > 1
        select $"parameter --{same.Key} has the name of another parameter or option; choose another name";

    // Only what the named targets need is checked: a wrong target must not stand in the way of the others' help and plan.
    private void Check(RunRequest request, TargetCatalog catalog, ParameterValues values, List<string> faults)
    {
        var graph = catalog.Graph();
        faults.AddRange(GraphFaults.Find(graph));
        faults.AddRange(ConstructorFaults.Find(catalog, services));
        var unknown = GraphFaults.Unknown(graph, request.Targets, KnownOptions.Target).Concat(GraphFaults.Unknown(graph, request.Forced, KnownOptions.Force)).ToArray();
        // Targets that the host was given with AddAssembly are known only to the engine, which then has the last word.
        if (request.Mode is RunMode.Cake)
            return;
        if (faults.Count > 0)
            faults.AddRange(unknown);
        var running = request.Exclusive ? request.Targets : [.. graph.Order(request.Targets).Select(node => node.Name)];
        faults.AddRange(ParameterReader.Missing(options.Parameters, values, running));
    }

    private bool Show(RunRequest request, IReadOnlyList<OptionDefinition> definitions, TargetCatalog catalog, ConsoleDevices devices)
    {
        TargetType[] targets = [.. catalog.Targets.OrderBy(target => target.Name, StringComparer.OrdinalIgnoreCase)];
        var text = request.Mode switch
        {
            RunMode.Help => HelpText.Write(options.ProgramName, options.Description, definitions, targets),
            RunMode.List => HelpText.List(targets),
            RunMode.Graph => MermaidGraph.Write(Chosen(catalog.Graph(), request)),
            RunMode.Completion when KnownOptions.Shells.Contains(request.Shell) =>
                CompletionScript.Write(request.Shell, new(options.ProgramName, definitions, [.. targets.Select(target => target.Name)])),
            _ => null,
        };
        if (text is not null)
            devices.Out.Write(text);
        return text is not null;
    }

    private static IReadOnlyList<GraphNode> Chosen(TargetGraph graph, RunRequest request) =>
        request.NamesTargets ? graph.Order(request.Targets) : graph.Nodes;

    private static int Refuse(IReadOnlyList<string> faults, ConsoleDevices devices)
    {
        foreach (var fault in faults)
            devices.Error.WriteLine(DisplayStyle.For(devices).Fault(fault));
        return ExitCode.Misuse;
    }
}
