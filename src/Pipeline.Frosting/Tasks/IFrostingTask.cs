using Cake.Core;

namespace Cake.Frosting;

/// <summary>A unit of work. Derive from <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/> rather than implementing it.</summary>
public interface IFrostingTask
{
    /// <summary>Says why <see cref="ShouldRun"/> skipped the task, in the report and the log.</summary>
    string SkippedMessage => string.Empty;

    /// <summary>Does the work.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns>A task that ends with the work.</returns>
    Task RunAsync(ICakeContext context);

    /// <summary>Decides, when the task's turn comes, whether it has anything to do.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> to skip the task; what depends on it runs all the same.</returns>
    bool ShouldRun(ICakeContext context);

    /// <summary>Handles a failure of the task. A handler that returns has dealt with it: the run goes on.</summary>
    /// <param name="exception">What the task threw.</param>
    /// <param name="context">The context of the run.</param>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Runs after the task, and after <see cref="OnError"/>, whether the task failed or not.</summary>
    /// <param name="context">The context of the run.</param>
    void Finally(ICakeContext context);
}
