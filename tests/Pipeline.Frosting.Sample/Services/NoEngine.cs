using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Frosting.Sample.Services;

/// <summary>Registers as Cake's engine does and runs nothing.</summary>
#pragma warning disable CS0067, CA1713 // The events and their names are those of the interface.
public sealed class NoEngine(ICakeDataService data, ICakeLog log) : ICakeEngine
{
    private readonly CakeEngine engine = new(data, log);

    public event EventHandler<BeforeSetupEventArgs>? BeforeSetup;

    public event EventHandler<AfterSetupEventArgs>? AfterSetup;

    public event EventHandler<BeforeTeardownEventArgs>? BeforeTeardown;

    public event EventHandler<AfterTeardownEventArgs>? AfterTeardown;

    public event EventHandler<BeforeTaskSetupEventArgs>? BeforeTaskSetup;

    public event EventHandler<AfterTaskSetupEventArgs>? AfterTaskSetup;

    public event EventHandler<BeforeTaskTeardownEventArgs>? BeforeTaskTeardown;

    public event EventHandler<AfterTaskTeardownEventArgs>? AfterTaskTeardown;

    public IReadOnlyList<ICakeTaskInfo> Tasks => engine.Tasks;

    public CakeTaskBuilder RegisterTask(string name) => engine.RegisterTask(name);

    public void RegisterSetupAction(Action<ISetupContext> action) => engine.RegisterSetupAction(action);

    public void RegisterSetupAction<TData>(Func<ISetupContext, TData> action)
        where TData : class => engine.RegisterSetupAction(action);

    public void RegisterTeardownAction(Action<ITeardownContext> action) => engine.RegisterTeardownAction(action);

    public void RegisterTeardownAction<TData>(Action<ITeardownContext, TData> action)
        where TData : class => engine.RegisterTeardownAction(action);

    public void RegisterTaskSetupAction(Action<ITaskSetupContext> action) => engine.RegisterTaskSetupAction(action);

    public void RegisterTaskSetupAction<TData>(Action<ITaskSetupContext, TData> action)
        where TData : class => engine.RegisterTaskSetupAction(action);

    public void RegisterTaskTeardownAction(Action<ITaskTeardownContext> action) => engine.RegisterTaskTeardownAction(action);

    public void RegisterTaskTeardownAction<TData>(Action<ITaskTeardownContext, TData> action)
        where TData : class => engine.RegisterTaskTeardownAction(action);

    public Task<CakeReport> RunTargetAsync(ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings)
    {
        SampleContext.Say($"another engine was asked for {string.Join(" ", settings.Targets)}");
        return Task.FromResult(new CakeReport());
    }
}
