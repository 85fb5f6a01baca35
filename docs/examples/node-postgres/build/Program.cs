using Cake.Frosting;
using Notes.Build;
using Pipeline.Applications;
using Pipeline.Targets;

return new CakeHost()
    .ConfigureServices(services => services.AddApplication<NotesHouse>())
    .UsePipeline(options =>
    {
        options.ProgramName = "dotnet run --project build --";
        options.Description = "Builds the notebook, rehearses it on staging and promotes the same digest to production.";
        options.DefaultTarget = "SmokeTest";
        options.AddDelivery();
    })
    .Run(args);
