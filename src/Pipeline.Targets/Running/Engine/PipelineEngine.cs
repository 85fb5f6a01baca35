using System.Diagnostics.CodeAnalysis;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Targets.Running;

/// <summary>
/// The engine that runs the targets of the program: in parallel, with typed results and evidence, with the semantics of Cake's own engine for
/// everything that a Frosting task can declare.
/// </summary>
[SuppressMessage("Naming", "CA1713:Events should not have 'Before' or 'After' prefix", Justification = "They are the events of ICakeEngine.")]
internal sealed class PipelineEngine : ICakeEngine
{
    private readonly RunState run;
    private readonly ICakeLog log;
    private readonly Dictionary<string, CakeTask> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<CakeTask> tasks = [];
    private readonly EngineActions actions;
    private bool connected;

    internal PipelineEngine(RunState run, ICakeDataService data, ICakeLog log)
    {
        this.run = run;
        this.log = log;
        Events = new(log);
        actions = new(data);
    }

    public event EventHandler<BeforeSetupEventArgs>? BeforeSetup
    {
        add => Events.BeforeSetup += value;
        remove => Events.BeforeSetup -= value;
    }

    public event EventHandler<AfterSetupEventArgs>? AfterSetup
    {
        add => Events.AfterSetup += value;
        remove => Events.AfterSetup -= value;
    }

    public event EventHandler<BeforeTeardownEventArgs>? BeforeTeardown
    {
        add => Events.BeforeTeardown += value;
        remove => Events.BeforeTeardown -= value;
    }

    public event EventHandler<AfterTeardownEventArgs>? AfterTeardown
    {
        add => Events.AfterTeardown += value;
        remove => Events.AfterTeardown -= value;
    }

    public event EventHandler<BeforeTaskSetupEventArgs>? BeforeTaskSetup
    {
        add => Events.BeforeTaskSetup += value;
        remove => Events.BeforeTaskSetup -= value;
    }

    public event EventHandler<AfterTaskSetupEventArgs>? AfterTaskSetup
    {
        add => Events.AfterTaskSetup += value;
        remove => Events.AfterTaskSetup -= value;
    }

    public event EventHandler<BeforeTaskTeardownEventArgs>? BeforeTaskTeardown
    {
        add => Events.BeforeTaskTeardown += value;
        remove => Events.BeforeTaskTeardown -= value;
    }

    public event EventHandler<AfterTaskTeardownEventArgs>? AfterTaskTeardown
    {
        add => Events.AfterTaskTeardown += value;
        remove => Events.AfterTaskTeardown -= value;
    }

    public IReadOnlyList<ICakeTaskInfo> Tasks
    {
        get
        {
            Connect();
            return tasks;
        }
    }

    internal EngineEvents Events { get; }

    /// <summary>The targets that the program made, which know what their constructors took.</summary>
    internal IReadOnlyDictionary<string, PipelineTarget> Targets { get; set; } = new Dictionary<string, PipelineTarget>();

    public CakeTaskBuilder RegisterTask(string name)
    {
        var task = new CakeTask(name);
        if (!byName.TryAdd(name, task))
            throw new CakeException($"Another task with the name '{name}' has already been added.");
        tasks.Add(task);
        return new(task);
    }

    public void RegisterSetupAction(Action<ISetupContext> action) => actions.AddSetup(action);

    public void RegisterSetupAction<TData>(Func<ISetupContext, TData> action)
        where TData : class => actions.AddSetup(action);

    public void RegisterTeardownAction(Action<ITeardownContext> action) => actions.AddTeardown(action);

    public void RegisterTeardownAction<TData>(Action<ITeardownContext, TData> action)
        where TData : class => actions.AddTeardown(action);

    public void RegisterTaskSetupAction(Action<ITaskSetupContext> action) => actions.SetTaskSetup(action);

    public void RegisterTaskSetupAction<TData>(Action<ITaskSetupContext, TData> action)
        where TData : class => actions.SetTaskSetup(action);

    public void RegisterTaskTeardownAction(Action<ITaskTeardownContext> action) => actions.SetTaskTeardown(action);

    public void RegisterTaskTeardownAction<TData>(Action<ITaskTeardownContext, TData> action)
        where TData : class => actions.SetTaskTeardown(action);

    public Task<CakeReport> RunTargetAsync(ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(settings);
        Connect();
        run.WorkIn(context.Environment.WorkingDirectory.FullPath);
        var lifetime = new Lifetime(actions, Events, context, strategy, log);
        return new EngineRun(run, byName, Targets, lifetime, context, strategy).RunAsync(settings);
    }

    // What a constructor takes is a dependency like any other, so that Cake's tree and descriptions show it too.
    private void Connect()
    {
        if (connected)
            return;
        connected = true;
        foreach (var type in run.Catalog.Targets)
        {
            if (!byName.TryGetValue(type.Name, out var task))
                continue;
            foreach (var taken in type.Takes.Select(Graphs.TargetNames.Of))
            {
                if (!task.Dependencies.Any(dependency => dependency.Name.Equals(taken, StringComparison.OrdinalIgnoreCase)))
                    task.AddDependency(taken, required: true);
            }
        }
    }
}
