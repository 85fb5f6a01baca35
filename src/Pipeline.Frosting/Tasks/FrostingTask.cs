using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of a task whose work is done when its method returns, in the standard context.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;

/// <summary>The base of a task whose work is done when its method returns, in a context of the program's own.</summary>
/// <typeparam name="T">The context. A task whose context the run's context is not, is left out with a warning.</typeparam>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work. A task that does not override it only gathers what it depends on.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Run(T context)
    {
    }

    /// <summary>Decides, when the task's turn comes, whether it has anything to do.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> to skip the task; what depends on it runs all the same.</returns>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles a failure of the task. An override that returns has dealt with it: the run goes on.</summary>
    /// <param name="exception">What the task threw.</param>
    /// <param name="context">The context of the run.</param>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Runs after the task, and after <see cref="OnError"/>, whether the task failed or not.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Finally(T context)
    {
    }

    /// <inheritdoc/>
    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Run((T)context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    bool IFrostingTask.ShouldRun(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ShouldRun((T)context);
    }

    /// <inheritdoc/>
    void IFrostingTask.OnError(Exception exception, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(context);
        OnError(exception, (T)context);
    }

    /// <inheritdoc/>
    void IFrostingTask.Finally(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Finally((T)context);
    }
}
