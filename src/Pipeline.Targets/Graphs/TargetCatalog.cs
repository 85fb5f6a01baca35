using System.Reflection;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.Targets.Graphs;

/// <summary>All targets of the program, found in its assemblies and among its services.</summary>
internal sealed class TargetCatalog
{
    private readonly Dictionary<Type, TargetType> byType;

    private TargetCatalog(IReadOnlyList<TargetType> targets)
    {
        Targets = targets;
        byType = targets.ToDictionary(target => target.Type);
    }

    internal IReadOnlyList<TargetType> Targets { get; }

    internal static TargetCatalog Find(IEnumerable<Assembly> assemblies, IServiceCollection services)
    {
        var exported = assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(TargetType.IsConcreteTarget);
        var registered = services.Where(service => service.ServiceType == typeof(IFrostingTask)).Select(service => service.ImplementationType).OfType<Type>();
        return new([.. exported.Concat(registered).Distinct().Select(TargetType.Of)]);
    }

    internal static TargetCatalog Of(IEnumerable<Type> types) => new([.. types.Select(TargetType.Of)]);

    internal TargetType? Get(Type type) => byType.GetValueOrDefault(type);

    /// <summary>The graph of these targets by their classes alone.</summary>
    internal TargetGraph Graph()
    {
        var reverse = Targets
            .SelectMany(target => target.DependeeOf.Select(dependent => (Dependent: TargetNames.Of(dependent), Dependency: target.Name)))
            .ToLookup(pair => pair.Dependent, pair => pair.Dependency, StringComparer.OrdinalIgnoreCase);
        return new([.. Targets.Select(target => new GraphNode(
            target.Name,
            [.. target.Takes.Concat(target.DependsOn).Where(TargetType.IsConcreteTarget).Select(TargetNames.Of).Concat(reverse[target.Name]).Distinct(StringComparer.OrdinalIgnoreCase)]))]);
    }
}
