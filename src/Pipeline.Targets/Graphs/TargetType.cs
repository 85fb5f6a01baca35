using System.Reflection;
using Cake.Frosting;

namespace Pipeline.Targets.Graphs;

/// <summary>A class that is a target, as far as it can be known without making one.</summary>
internal sealed class TargetType
{
    private TargetType(Type type)
    {
        Type = type;
        Name = TargetNames.Of(type);
        Description = type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "";
        Constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public);
        Parameters = Constructors.Count > 0 ? [.. Constructors[0].GetParameters()] : [];
        Takes = [.. Parameters.Select(parameter => parameter.ParameterType).Where(IsTarget)];
        DependsOn = [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task)];
        DependeeOf = [.. type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => attribute.Task)];
    }

    internal Type Type { get; }

    internal string Name { get; }

    internal string Description { get; }

    internal IReadOnlyList<ConstructorInfo> Constructors { get; }

    internal IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>The targets that its constructor takes.</summary>
    internal IReadOnlyList<Type> Takes { get; }

    internal IReadOnlyList<Type> DependsOn { get; }

    internal IReadOnlyList<Type> DependeeOf { get; }

    internal static TargetType Of(Type type) => new(type);

    internal static bool IsTarget(Type type) => typeof(IFrostingTask).IsAssignableFrom(type);

    internal static bool IsConcreteTarget(Type type) => type is { IsClass: true, IsAbstract: false } && IsTarget(type);
}
