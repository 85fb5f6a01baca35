using System.Reflection;
using Cake.Frosting;

namespace Pipeline.Targets.Graphs;

/// <summary>Makes every target once, so that the one that runs is the very object that others took in their constructors.</summary>
internal sealed class TargetFactory(TargetCatalog catalog, IServiceProvider services)
{
    private readonly Dictionary<Type, IFrostingTask> made = [];

    internal IReadOnlyList<IFrostingTask> MakeAll() => [.. catalog.Targets.Select(target => Make(target, []))];

    private IFrostingTask Make(TargetType target, HashSet<Type> beingMade)
    {
        if (made.TryGetValue(target.Type, out var task))
            return task;
        if (target.Constructors.Count != 1 || !beingMade.Add(target.Type))
            throw new MisuseException([.. GraphFaults.Find(catalog.Graph()).DefaultIfEmpty($"{target.Name}: a target needs exactly one public constructor")]).ForCake();
        var arguments = target.Parameters.Select(parameter => Argument(target, parameter, beingMade)).ToArray();
        return made[target.Type] = (IFrostingTask)Construct(target.Constructors[0], arguments);
    }

    private object? Argument(TargetType target, ParameterInfo parameter, HashSet<Type> beingMade)
    {
        if (TargetType.IsConcreteTarget(parameter.ParameterType))
        {
            var taken = catalog.Get(parameter.ParameterType)
                ?? throw new MisuseException($"{TargetNames.Of(parameter.ParameterType)} is missing, but {target.Name} depends on it; add its assembly with options.AddTargets").ForCake();
            return Make(taken, beingMade);
        }

        return services.GetService(parameter.ParameterType)
            ?? (parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new MisuseException($"{target.Name}: constructor parameter '{parameter.Name}' is of type {parameter.ParameterType.Name}, which is neither a target nor a registered service").ForCake());
    }

    private static object Construct(ConstructorInfo constructor, object?[] arguments) =>
        constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
