using Cake.Frosting;
using Pipeline.Frosting.Sample;

// A program as one writes it for Cake.Frosting. SAMPLE names the features that one test wants of it.
var host = new CakeHost().UseContext<SampleContext>();
foreach (var feature in (Environment.GetEnvironmentVariable("SAMPLE") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
    Features.All[feature](host);
return host.Run(args);
