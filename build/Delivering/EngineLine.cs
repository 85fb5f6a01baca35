using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Build.Delivering;

/// <summary>The first line of a run: what runs the environments, and why that.</summary>
public sealed class EngineLine(ShopHouse house) : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => context.Log.Information("engine: {0} ({1})", house.Engine.Name, house.Engine.Reason);
}
