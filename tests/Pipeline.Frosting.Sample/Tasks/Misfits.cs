using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample.Tasks;

// Internal, so that a host finds them only where a feature registers them.
internal sealed class AnotherContext(ICakeContext context) : FrostingContext(context);

internal sealed class ForAnotherContext : FrostingTask<AnotherContext>;

[IsDependentOn(typeof(DateTime))]
internal sealed class DependsOnNoTask : FrostingTask;

internal sealed class Unregistered : FrostingTask;

[IsDependentOn(typeof(Unregistered))]
internal sealed class DependsOnMissing : FrostingTask;

internal sealed class BareTask : IFrostingTask
{
    public Task RunAsync(ICakeContext context) => Task.CompletedTask;

    public bool ShouldRun(ICakeContext context) => true;

    public void OnError(Exception exception, ICakeContext context)
    {
    }

    public void Finally(ICakeContext context)
    {
    }
}
