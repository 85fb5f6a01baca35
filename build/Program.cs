using Build;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Targets;

return new CakeHost()
    .ConfigureServices(services => services.AddDelivery())
    .UseSetup<EngineLine>()
    .UsePipeline(options =>
    {
        options.Description = "Lints, tests and builds the Shop, rehearses it on staging and promotes the same digest to production.";
        options.DefaultTarget = "SmokeTest";
        options.AddParametersOf(typeof(Parameters));
        options.ExitCodeFor<RolledBackException>(4);
        options.ExitCodeFor<GateRefusedException>(3);
        options.ExitCodeFor<DeploymentLockedException>(3);
        options.StandardOutputIsDocumentWhen((parameters, _) => parameters.Get(Parameters.Json));
    })
    .Run(args);
