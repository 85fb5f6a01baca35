using Cake.Frosting;
using Pipeline.Targets;
using Pipeline.Targets.Sample;

return new CakeHost()
    .UseLifetime<SampleLifetime>()
    .UsePipeline(options =>
    {
        options.ProgramName = "sample";
        options.Description = "A program with a target for everything that a run can meet.";
        options.AddParametersOf(typeof(SampleParameters));
        options.ExitCodeFor<RolledBackException>(4);
        options.ExitCodeFor<RefusedException>(3);
        options.StandardOutputIsDocumentWhen((parameters, targets) => targets.Contains("Status") && parameters.Get(SampleParameters.Json));
    })
    .Run(args);
