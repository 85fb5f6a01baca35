using System.Diagnostics.CodeAnalysis;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Pipeline.Targets.Running;

/// <summary>The events of an engine. A handler that fails is reported and stops nothing, as with Cake.</summary>
internal sealed class EngineEvents(ICakeLog log)
{
    internal EventHandler<BeforeSetupEventArgs>? BeforeSetup { get; set; }

    internal EventHandler<AfterSetupEventArgs>? AfterSetup { get; set; }

    internal EventHandler<BeforeTeardownEventArgs>? BeforeTeardown { get; set; }

    internal EventHandler<AfterTeardownEventArgs>? AfterTeardown { get; set; }

    internal EventHandler<BeforeTaskSetupEventArgs>? BeforeTaskSetup { get; set; }

    internal EventHandler<AfterTaskSetupEventArgs>? AfterTaskSetup { get; set; }

    internal EventHandler<BeforeTaskTeardownEventArgs>? BeforeTaskTeardown { get; set; }

    internal EventHandler<AfterTaskTeardownEventArgs>? AfterTaskTeardown { get; set; }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The handler is foreign code; its failure is reported.")]
    internal void Raise<T>(EventHandler<T>? handlers, Func<T> arguments)
        where T : EventArgs
    {
        if (handlers is null)
            return;
        var argument = arguments();
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(this, argument);
            }
            catch (Exception exception)
            {
                log.Error("An error occurred in the event handler {0}: {1}", handler.Method.Name, exception.Message);
            }
        }
    }
}
