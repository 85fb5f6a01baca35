using Build.Budgets;
using Build.Environments.Stages;
using Build.Linting.Workflows;
using Build.Operating;
using Build.Rehearsing;
using Build.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Applications.Images;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Targets;

namespace Build.Delivering;

/// <summary>What targets may ask for in their constructors.</summary>
public static class DeliveryServices
{
    public static void AddShop(this IServiceCollection services)
    {
        services.AddApplication<ShopHouse>();
        services.AddSingleton(provider => ShopParameters.Read(provider.GetRequiredService<ParameterValues>()));
        services.AddSingleton(provider => DockerParameters.Read(
            provider.GetRequiredService<ParameterValues>(), provider.GetRequiredService<ParameterValues>().Get(Parameters.Service)!));
        services.AddSingleton(provider => new ShopStages(
            provider.GetRequiredService<DockerParameters>(), provider.GetRequiredService<ParameterValues>().Get(Parameters.SandboxImage),
            provider.GetRequiredService<ImageHouse>(), provider.GetRequiredService<ReleaseRegistry>(), provider.GetRequiredService<StatePaths>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ComposeExport>();
        services.AddSingleton<LastReleases>();
        services.AddSingleton<HttpClient>();
        services.AddSingleton<ShopWorkflows>();
        services.AddSingleton<RehearsalReading>();
        services.AddSingleton<WorkflowLint>();
    }
}
