using System.Reflection;
using System.Text.Json;
using Pipeline.Targets.Hosting;
using Pipeline.Targets.Output;

namespace Pipeline.Targets;

/// <summary>How the program runs its targets; see <c>UsePipeline</c>.</summary>
public sealed class PipelineOptions
{
    private readonly List<IParameter> parameters = [];
    private readonly List<Assembly> assemblies = [];
    private readonly List<string> everyTargetReads = [];

    internal PipelineOptions()
    {
    }

    /// <summary>How the program is called, for the help; <c>./build.sh</c> by default.</summary>
    public string ProgramName { get; set; } = "./build.sh";

    /// <summary>One or two sentences for the help.</summary>
    public string Description { get; set; } = "";

    /// <summary>The target that runs when none is named; <c>Default</c> by default.</summary>
    public string DefaultTarget { get; set; } = "Default";

    /// <summary>What happens to options that are neither known nor declared parameters; they are refused by default.</summary>
    public UndeclaredArguments UndeclaredArguments { get; set; }

    /// <summary>How results are written into evidence and read again. Web defaults: camel case, numbers as numbers.</summary>
    public JsonSerializerOptions ResultJson { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    internal IReadOnlyList<IParameter> Parameters => parameters;

    internal IReadOnlyList<Assembly> Assemblies => assemblies;

    internal IReadOnlyList<string> EveryTargetReads => everyTargetReads;

    internal ExitCodeTable ExitCodes { get; } = new();

    internal Func<ParameterValues, IReadOnlyList<string>, bool> IsDocument { get; private set; } = (_, _) => false;

    /// <summary>Whether the service collection gets its targets here alone, without those of the entry assembly: for tests in process.</summary>
    internal IReadOnlyList<Type>? OnlyTargets { get; set; }

    internal Func<ConsoleDevices> Console { get; set; } = ConsoleDevices.OfProcess;

    internal Func<string, string?> Variables { get; set; } = Environment.GetEnvironmentVariable;

    internal Func<string> NewRunId { get; set; } = () => Guid.NewGuid().ToString("N")[..6];

    internal CancellationToken Cancellation { get; set; }

    /// <summary>Declares parameters: they appear in the help, are checked before anything runs, and can be read with their type.</summary>
    public PipelineOptions Add(params ReadOnlySpan<IParameter> declared)
    {
        parameters.AddRange(declared);
        return this;
    }

    /// <summary>Declares every parameter that is a public static field or property of a class.</summary>
    public PipelineOptions AddParametersOf(Type holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static;
        parameters.AddRange(holder.GetFields(Statics).Select(field => field.GetValue(null)).OfType<IParameter>());
        parameters.AddRange(holder.GetProperties(Statics).Where(property => typeof(IParameter).IsAssignableFrom(property.PropertyType)).Select(property => (IParameter)property.GetValue(null)!));
        return this;
    }

    /// <summary>Adds the targets of an assembly other than that of the program.</summary>
    public PipelineOptions AddTargets(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>
    /// Names files that belong to the inputs of every target that declares any, such as <c>build/**/*.cs</c>: a changed target runs again.
    /// </summary>
    public PipelineOptions EveryTargetDependsOn(params ReadOnlySpan<string> globs)
    {
        everyTargetReads.AddRange(globs);
        return this;
    }

    /// <summary>
    /// Ends the program with an exit code when a target failed with this exception, or one that is caused by it. When several targets fail, the
    /// mapping that was made first decides; a failure without mapping is exit code 1 and counts last.
    /// </summary>
    public PipelineOptions ExitCodeFor<TException>(int exitCode)
        where TException : Exception
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exitCode, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exitCode, 125);
        ExitCodes.Add(typeof(TException), exitCode);
        return this;
    }

    /// <summary>
    /// Reserves standard output for the one document that a target writes with <see cref="TargetContext.WriteDocument"/>: everything else of
    /// the run goes to standard error.
    /// </summary>
    /// <param name="holds">Given the parameters and the names of the requested targets.</param>
    public PipelineOptions StandardOutputIsDocumentWhen(Func<ParameterValues, IReadOnlyList<string>, bool> holds)
    {
        IsDocument = holds;
        return this;
    }
}
