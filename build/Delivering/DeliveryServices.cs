using Build.Environments.Stages;
using Build.Environments.Stages.Docker;
using Build.Images;
using Build.Operating;
using Build.Registries;
using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Ports;
using Pipeline.Targets;

namespace Build.Delivering;

/// <summary>What targets may ask for in their constructors.</summary>
public static class DeliveryServices
{
    public static void AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton(provider => new StatePaths(provider.GetRequiredService<ICakeEnvironment>().WorkingDirectory.FullPath));
        services.AddSingleton<IDeliveryLog>(provider => new TargetLog(provider.GetRequiredService<ICakeLog>()));
        services.AddSingleton(provider => ShopParameters.Read(provider.GetRequiredService<ParameterValues>()));
        services.AddSingleton(provider => ShopRegistry.Read(
            provider.GetRequiredService<ParameterValues>(), provider.GetRequiredService<IDeliveryLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ImageParameters.Read(provider.GetRequiredService<ParameterValues>()));
        services.AddSingleton<ImageHouse>();
        services.AddSingleton(provider => new SecretReader(
            System.Environment.GetEnvironmentVariable,
            secret => provider.GetRequiredService<SecretMask>().Mask(secret, "a secret that was fetched"),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => DockerParameters.Read(provider.GetRequiredService<ParameterValues>()));
        services.AddSingleton<ShopStages>();
        services.AddSingleton<ShopHouse>();
        services.AddSingleton<ShopDelivery>();
        services.AddSingleton<Shutdown>();
        services.AddSingleton<InstanceAccess>();
        services.AddSingleton<ReleasePrune>();
        services.AddSingleton<ComposeExport>();
    }
}
