using Cake.Core;

namespace Cake.Frosting;

/// <summary>What a run does before its first task, in the standard context.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>;

/// <summary>What a run does before its first task, in a context of the program's own.</summary>
/// <typeparam name="TContext">The context of the run.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Runs before the first task. When it fails no task runs, and the teardown runs all the same.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The tasks that are about to run.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <inheritdoc/>
    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Setup((TContext)context, info);
    }
}
