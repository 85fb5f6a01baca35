using Cake.Core;

namespace Cake.Frosting;

/// <summary>What a run does after each task.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Runs after each task, also when its setup or the task itself failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task, how long it took, and whether it was skipped or failed.</param>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
