using System.Reflection;
using Cake.Cli;
using Cake.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cake.Frosting.Composition;

/// <summary>What is registered before the program's own services, each of which may take its place.</summary>
internal static class FrostingServices
{
    public static ServiceCollection Standard()
    {
        var services = new ServiceCollection();
        services.AddCakeDiagnostics();
        services.AddSingleton<ICakeConfiguration, FrostingConfiguration>();
        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();
        services.AddSingleton<IVersionResolver, CakeVersion>();
        services.AddSingleton<VersionFeature>();
        services.AddSingleton<InfoFeature>();
        services.AddSingleton<IToolInstaller, ToolInstaller>();
        services.UseCakeDefaultModules();
        services.AddSingleton<Core.Tooling.IToolInstaller, DeferredToolInstaller>();
        services.AddSingleton<FrostingContext>();
        services.AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>());
        return services;
    }

    /// <summary>A task is registered as itself too, so that another one may take it in its constructor.</summary>
    public static void AddTasks(this IServiceCollection services, IEnumerable<Assembly> assemblies)
    {
        var tasks = assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)));
        foreach (var task in tasks)
        {
            services.TryAddSingleton(task);
            services.AddSingleton(typeof(IFrostingTask), provider => provider.GetRequiredService(task));
        }
    }
}
