using Cake.Core;

namespace Pipeline.Targets.Running;

/// <summary>What the program wants done around the run and around each target.</summary>
internal sealed class EngineActions(ICakeDataService data)
{
    private readonly List<Action<ISetupContext>> setups = [];
    private readonly List<Action<ITeardownContext>> teardowns = [];

    internal IReadOnlyList<Action<ISetupContext>> Setups => setups;

    internal IReadOnlyList<Action<ITeardownContext>> Teardowns => teardowns;

    internal Action<ITaskSetupContext>? TaskSetup { get; private set; }

    internal Action<ITaskTeardownContext>? TaskTeardown { get; private set; }

    internal void AddSetup(Action<ISetupContext> action) => setups.Add(action);

    internal void AddSetup<TData>(Func<ISetupContext, TData> action)
        where TData : class => setups.Add(context => data.Add(action(context)));

    internal void AddTeardown(Action<ITeardownContext> action) => teardowns.Add(action);

    internal void AddTeardown<TData>(Action<ITeardownContext, TData> action)
        where TData : class => teardowns.Add(context => action(context, data.Get<TData>()));

    internal void SetTaskSetup(Action<ITaskSetupContext> action)
    {
        Refuse(TaskSetup is not null, "Task setup");
        TaskSetup = action;
    }

    internal void SetTaskSetup<TData>(Action<ITaskSetupContext, TData> action)
        where TData : class => SetTaskSetup(context => action(context, data.Get<TData>()));

    internal void SetTaskTeardown(Action<ITaskTeardownContext> action)
    {
        Refuse(TaskTeardown is not null, "Task teardown");
        TaskTeardown = action;
    }

    internal void SetTaskTeardown<TData>(Action<ITaskTeardownContext, TData> action)
        where TData : class => SetTaskTeardown(context => action(context, data.Get<TData>()));

    private static void Refuse(bool registered, string what)
    {
        if (registered)
            throw new CakeException($"{what} has already been registered; only one is allowed.");
    }
}
