using Build;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Targets;

return new CakeHost()
    .ConfigureServices(services => services.AddShop())
    .UseSetup<EngineLine>()
    .UsePipeline(options =>
    {
        options.Description = "Lints, tests and builds the Shop, rehearses it on staging and promotes the same digest to production.";
        options.DefaultTarget = "SmokeTest";
        options.AddDelivery();
        options.AddParametersOf(typeof(Parameters));
    })
    .Run(args);
