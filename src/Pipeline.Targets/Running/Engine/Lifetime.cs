using System.Diagnostics.CodeAnalysis;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Targets.Running;

/// <summary>
/// Setup and teardown of the run and of its targets. Those of targets never overlap although targets do, since a lifetime written for
/// Cake expects one call at a time.
/// </summary>
internal sealed class Lifetime(EngineActions actions, EngineEvents events, ICakeContext context, IExecutionStrategy strategy, ICakeLog log)
{
    private readonly Lock gate = new();

    internal bool HasSetup => actions.Setups.Count > 0;

    internal bool HasTeardown => actions.Teardowns.Count > 0;

    internal void Setup(CakeTask target, IReadOnlyList<CakeTask> tasks)
    {
        events.Raise(events.BeforeSetup, () => new(context));
        try
        {
            foreach (var setup in actions.Setups)
                strategy.PerformSetup(setup, new SetupContext(context, target, tasks));
        }
        finally
        {
            events.Raise(events.AfterSetup, () => new(context));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every teardown gets its turn; the failures are thrown or, behind an earlier one, reported.")]
    internal void Teardown(Exception? thrown)
    {
        var teardown = new TeardownContext(context, thrown);
        events.Raise(events.BeforeTeardown, () => new(teardown));
        var failures = new List<Exception>();
        foreach (var action in actions.Teardowns)
        {
            try
            {
                strategy.PerformTeardown(action, teardown);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        events.Raise(events.AfterTeardown, () => new(teardown));
        if (failures.Count == 0)
            return;
        log.Error("An error occurred in a custom teardown action.");
        if (thrown is null)
            throw failures.Count == 1 ? new CakeException(failures[0].Message, failures[0]) : new AggregateException("Multiple teardown methods threw exceptions.", failures);
        foreach (var failure in failures)
            log.Error("Teardown error: {0}", failure);
    }

    internal void TaskSetup(CakeTask task, bool skipped)
    {
        if (actions.TaskSetup is null && events.BeforeTaskSetup is null && events.AfterTaskSetup is null)
            return;
        lock (gate)
        {
            var setup = new TaskSetupContext(context, task);
            events.Raise(events.BeforeTaskSetup, () => new(setup));
            try
            {
                if (actions.TaskSetup is not null)
                    strategy.PerformTaskSetup(actions.TaskSetup, setup);
            }
            catch (Exception exception)
            {
                TaskTeardown(task, TimeSpan.Zero, skipped, exception);
                throw;
            }
            finally
            {
                events.Raise(events.AfterTaskSetup, () => new(setup));
            }
        }
    }

    internal void TaskTeardown(CakeTask task, TimeSpan duration, bool skipped, Exception? thrown)
    {
        if (actions.TaskTeardown is null && events.BeforeTaskTeardown is null && events.AfterTaskTeardown is null)
            return;
        lock (gate)
        {
            var teardown = new TaskTeardownContext(context, task, duration, skipped, thrown);
            events.Raise(events.BeforeTaskTeardown, () => new(teardown));
            try
            {
                if (actions.TaskTeardown is not null)
                    strategy.PerformTaskTeardown(actions.TaskTeardown, teardown);
            }
            catch (Exception exception)
            {
                log.Error("An error occurred in the custom task teardown action ({0}).", task.Name);
                if (thrown is null)
                    throw;
                log.Error("Task Teardown error ({0}): {1}", task.Name, exception);
            }
            finally
            {
                events.Raise(events.AfterTaskTeardown, () => new(teardown));
            }
        }
    }
}
