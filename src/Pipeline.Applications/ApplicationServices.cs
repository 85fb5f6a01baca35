using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Applications.Approving;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Images;
using Pipeline.Applications.Operating;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Telling;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Targets;

namespace Pipeline.Applications;

/// <summary>What the build program of every application has in common.</summary>
public static class ApplicationServices
{
    /// <summary>Adds what targets may ask for in their constructors.</summary>
    /// <typeparam name="THouse">The application.</typeparam>
    /// <param name="services">The program's services.</param>
    public static IServiceCollection AddApplication<THouse>(this IServiceCollection services)
        where THouse : class, IApplicationHouse
    {
        services.AddSingleton(provider => new StatePaths(provider.GetRequiredService<ICakeEnvironment>().WorkingDirectory.FullPath));
        services.AddSingleton<IDeliveryLog>(provider => new TargetLog(provider.GetRequiredService<ICakeLog>()));
        services.AddSingleton(provider => ReleaseRegistry.Read(
            provider.GetRequiredService<ParameterValues>(), provider.GetRequiredService<IDeliveryLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ImageParameters.Read(provider.GetRequiredService<ParameterValues>()));
        services.AddSingleton<ImageHouse>();
        services.AddSingleton(provider => new SecretReader(
            Environment.GetEnvironmentVariable,
            secret => provider.GetRequiredService<SecretMask>().Mask(secret, "a secret that was fetched"),
            provider.GetRequiredService<TimeProvider>())
        {
            Hide = text => provider.GetRequiredService<SecretMask>().Hide(text),
        });
        services.AddSingleton<THouse>();
        services.AddSingleton(provider => new GitHubHouse(
            provider.GetRequiredService<StatePaths>(), secret => provider.GetRequiredService<SecretMask>().Mask(secret, "a token of GitHub"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EnvironmentAddresses(
            provider.GetRequiredService<THouse>(), provider.GetRequiredService<GitHubHouse>(),
            environment => DeliveryParameters.UrlOf(environment) is { } url ? provider.GetRequiredService<ParameterValues>().Get(url) : null));
        services.AddSingleton(provider => new DeploymentTellings(
            provider.GetRequiredService<THouse>(), provider.GetRequiredService<GitHubHouse>(), provider.GetRequiredService<ParameterValues>().Get(DeliveryParameters.Tell),
            provider.GetRequiredService<EnvironmentAddresses>(), text => provider.GetRequiredService<SecretMask>().Hide(text)));
        services.AddSingleton(provider => new EnvironmentApprovals(
            provider.GetRequiredService<ParameterValues>().Get(DeliveryParameters.Approve), provider.GetRequiredService<Terminal>(),
            provider.GetRequiredService<GitHubHouse>(), provider.GetRequiredService<TimeProvider>()));
        // Not as an IApplicationHouse too: services under two names are disposed twice.
        services.AddSingleton(provider => new ApplicationDelivery(
            provider.GetRequiredService<THouse>(), provider.GetRequiredService<SecretMask>(), provider.GetRequiredService<EnvironmentApprovals>(),
            provider.GetRequiredService<DeploymentTellings>()));
        services.AddSingleton(provider => new Shutdown(provider.GetRequiredService<THouse>()));
        services.AddSingleton(provider => new InstanceAccess(provider.GetRequiredService<THouse>(), provider.GetRequiredService<ApplicationDelivery>()));
        services.AddSingleton(provider => new ReleasePrune(provider.GetRequiredService<THouse>()));
        return services;
    }

    /// <summary>Adds the targets and parameters that every application has (Status, Rollback, Logs, Shell, Prune, Down, …), and the exit codes of a delivery.</summary>
    /// <param name="options">How the program runs its targets.</param>
    public static PipelineOptions AddDelivery(this PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddTargets(typeof(ApplicationServices).Assembly);
        options.AddParametersOf(typeof(DeliveryParameters));
        options.ExitCodeFor<RolledBackException>(4);
        options.ExitCodeFor<GateRefusedException>(3);
        options.ExitCodeFor<DeploymentLockedException>(3);
        options.StandardOutputIsDocumentWhen((parameters, _) => parameters.Get(DeliveryParameters.Json));
        return options;
    }
}
