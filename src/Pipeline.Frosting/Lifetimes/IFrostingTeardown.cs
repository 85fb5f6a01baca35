using Cake.Core;

namespace Cake.Frosting;

/// <summary>What a run does after its last task.</summary>
public interface IFrostingTeardown
{
    /// <summary>Runs after the last task, also when the setup or a task failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">Whether the run succeeded, and what it threw.</param>
    void Teardown(ICakeContext context, ITeardownContext info);
}
