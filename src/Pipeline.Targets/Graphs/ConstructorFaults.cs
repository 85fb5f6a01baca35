using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Pipeline.Targets.Graphs;

/// <summary>What is wrong with the constructors and dependency attributes of targets.</summary>
internal static class ConstructorFaults
{
    // Cake.Frosting registers these itself, but only once its own command line was read; mask and terminal are the run's own, which is made after the check.
    private static readonly string[] RegisteredLater = ["ICakeArguments", "IRemainingArguments", "IServiceProvider", "IServiceScopeFactory", "IServiceProviderIsService", nameof(SecretMask), nameof(Terminal)];

    internal static IEnumerable<string> Find(TargetCatalog catalog, IServiceCollection services)
    {
        var known = services.Select(service => service.ServiceType).ToHashSet();
        return catalog.Targets.SelectMany(target => Find(target, catalog, known));
    }

    private static IEnumerable<string> Find(TargetType target, TargetCatalog catalog, HashSet<Type> services)
    {
        if (target.Constructors.Count != 1)
            yield return $"{target.Name}: {target.Type.Name} has {target.Constructors.Count} public constructors; a target needs exactly one";
        foreach (var parameter in target.Parameters)
        {
            if (Fault(parameter, catalog, services) is { } fault)
                yield return $"{target.Name}: constructor parameter '{parameter.Name}' {fault}";
        }

        foreach (var wrong in target.DependsOn.Where(type => !TargetType.IsConcreteTarget(type)))
            yield return $"{target.Name}: [IsDependentOn(typeof({wrong.Name}))] names no target; {wrong.Name} must be a class that implements IFrostingTask and is not abstract";
        foreach (var wrong in target.DependeeOf.Where(type => catalog.Get(type) is null))
            yield return $"{target.Name}: [IsDependeeOf(typeof({wrong.Name}))] names no target of this program; make the class public and add its assembly with options.AddTargets";
    }

    private static string? Fault(ParameterInfo parameter, TargetCatalog catalog, HashSet<Type> services)
    {
        var type = parameter.ParameterType;
        if (TargetType.IsConcreteTarget(type))
            return null;
        if (TargetType.IsTarget(type))
        {
            var fitting = catalog.Targets.Where(target => type.IsAssignableFrom(target.Type)).Select(target => target.Type.Name).ToArray();
            return $"is of type {Written(type)}, which is no single target; take the class of the target itself"
                + (fitting.Length > 0 ? $": {string.Join(" or ", fitting)}" : "");
        }

        if (services.Contains(type) || parameter.HasDefaultValue || RegisteredLater.Contains(type.Name))
            return null;
        if (type.IsGenericType && (services.Contains(type.GetGenericTypeDefinition()) || type.GetGenericTypeDefinition() == typeof(IEnumerable<>)))
            return null;
        var producing = catalog.Targets.Where(target => ResultOf(target.Type) == type).Select(target => target.Type.Name).ToArray();
        return producing.Length > 0
            ? $"is of type {Written(type)}, the result of {string.Join(" and ", producing)}; take {string.Join(" or ", producing)} and read its Result"
            : $"is of type {Written(type)}, which is neither a target nor a registered service; take a target, or register it with ConfigureServices";
    }

    private static Type? ResultOf(Type target)
    {
        for (var type = target.BaseType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Target<>))
                return type.GenericTypeArguments[0];
        }

        return null;
    }

    private static string Written(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Written))}>"
        : type.Name;
}
