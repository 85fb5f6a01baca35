using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Targets.Sample;

public sealed class SampleLifetime : FrostingLifetime
{
    public override void Setup(ICakeContext context, ISetupContext info) => context.Log.Information("setup for {0}", info.TargetTask.Name);

    public override void Teardown(ICakeContext context, ITeardownContext info) => context.Log.Information("teardown, {0}", info.Successful ? "all well" : "after a failure");
}
