using Cake.Core;

namespace Cake.Frosting;

/// <summary>What a run does before each task.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Runs before each task. When it fails the task does not run, and the task's teardown runs all the same.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task that is about to run.</param>
    void Setup(ICakeContext context, ITaskSetupContext info);
}
