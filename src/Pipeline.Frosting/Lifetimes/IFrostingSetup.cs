using Cake.Core;

namespace Cake.Frosting;

/// <summary>What a run does before its first task.</summary>
public interface IFrostingSetup
{
    /// <summary>Runs before the first task. When it fails no task runs, and the teardown runs all the same.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The tasks that are about to run.</param>
    void Setup(ICakeContext context, ISetupContext info);
}
