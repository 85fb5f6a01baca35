using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;

namespace Cake.Frosting.Running;

/// <summary>Makes the program's tasks and lifetimes known to the engine, and lets a script host run, show or describe them.</summary>
internal sealed class FrostingRun(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup? setup = null,
    IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null,
    IFrostingTaskTeardown? taskTeardown = null)
{
    public void Start(IScriptHost host, IEnumerable<string> targets)
    {
        foreach (var task in tasks)
            Register(new TaskDefinition(task));
        RegisterLifetime();
        RegisterTaskLifetime();
        host.RunTargets(targets);
    }

    private void Register(TaskDefinition task)
    {
        log.Debug("Registering task: {0}", task.Name);
        if (task.FitsInto(context))
            task.Describe(engine.RegisterTask(task.Name), context);
        else
            log.Warning("Task cannot be used since the context isn't convertible to {0}.", task.ContextType.FullName!);
    }

    private void RegisterLifetime()
    {
        if (setup is not null)
        {
            log.Debug("Registering setup: {0}", setup.GetType().Name);
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }
        if (teardown is not null)
        {
            log.Debug("Registering teardown: {0}", teardown.GetType().Name);
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }
    }

    private void RegisterTaskLifetime()
    {
        if (taskSetup is not null)
        {
            log.Debug("Registering task setup: {0}", taskSetup.GetType().Name);
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }
        if (taskTeardown is not null)
        {
            log.Debug("Registering task teardown: {0}", taskTeardown.GetType().Name);
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }
}
