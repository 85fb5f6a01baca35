using Cake.Core.Composition;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.Frosting.Sample.Services;

public sealed record Greeting(string Text);

public sealed class SampleStartup : IFrostingStartup
{
    public void Configure(IServiceCollection services) => services.AddSingleton(new Greeting("hello from the startup")).UseCakeSetting("Sample_Setting", "from the startup");
}

public sealed class SampleModule : ICakeModule
{
    public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterInstance(new Greeting("hello from a module"));
}
