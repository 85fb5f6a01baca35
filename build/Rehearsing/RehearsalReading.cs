using Pipeline.Configuration.EnvFiles;
using Pipeline.GitHub.Rehearsal;
using Pipeline.GitHub.Rest;
using Pipeline.Targets;

namespace Build.Rehearsing;

/// <summary>What is to be rehearsed, as the command line says it.</summary>
public sealed class RehearsalReading(StatePaths paths)
{
    private static readonly string[] Evidence = ["evidence", "artifacts"];

    public RehearsalRequest Read(TargetContext context) => new()
    {
        Repository = paths.Repository,
        State = Path.Combine(paths.Home, "rehearsals"),
        Name = Environment.GetEnvironmentVariable("GITHUB_REPOSITORY") is { Length: > 0 } name ? RepositoryName.Parse(name) : null,
        Actor = Environment.UserName,
        Workflow = context.Get(Parameters.Workflow) ?? throw new MisuseException("--workflow is not given; name a file of .github/workflows, such as --workflow pipeline"),
        Job = context.Get(Parameters.Job),
        Event = context.Get(Parameters.Event),
        Inputs = EnteredInputs.Parse(context.Get(Parameters.Inputs) ?? ""),
        Variables = ReadSettings(context.Get(Parameters.Variables)),
        Secrets = ReadSettings(context.Get(Parameters.Secrets)),
        BeginsWith = context.Get(Parameters.WithEvidence) ? Evidence.ToDictionary(folder => $".pipeline/{folder}", folder => Path.Combine(paths.Home, folder)) : [],
        EveryJobHas = context.Get(Parameters.WithEvidence) ? Program() : [],
        KeepsClones = context.Get(Parameters.KeepClones),
    };

    /// <summary>The build program that runs, and what it was compiled from: build.sh compares that with what a job has checked out, and compiles where it differs.</summary>
    private Dictionary<string, string> Program()
    {
        var program = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string[] entries = Path.GetDirectoryName(program) == Path.Combine(paths.Home, "build") ? ["current", Path.GetFileName(program)] : [];
        return entries.ToDictionary(entry => $".pipeline/build/{entry}", entry => Path.Combine(paths.Home, "build", entry));
    }

    /// <summary>The file, and beside it one for each environment that has settings of its own: <c>FILE.production</c>.</summary>
    private static ProvidedSettings ReadSettings(string? file)
    {
        if (file is null)
            return ProvidedSettings.None;
        return new(Load(file), environment => File.Exists($"{file}.{environment}") ? Load($"{file}.{environment}") : new Dictionary<string, string>());
    }

    private static IReadOnlyDictionary<string, string> Load(string file)
    {
        try
        {
            return EnvFile.Load(Path.GetFullPath(file));
        }
        catch (EnvFileException fault)
        {
            throw new MisuseException(fault.Message.Split('\n'));
        }
    }
}
