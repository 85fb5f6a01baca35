using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Running;

/// <summary>What the class of a task says about it: by its attributes, and by which methods it overrides.</summary>
internal sealed class TaskDefinition(IFrostingTask task)
{
    private readonly Type type = task.GetType();

    public string Name => NameOf(type);

    /// <summary>The context that the class names directly; one further up its inheritance is found out when the task runs.</summary>
    public Type ContextType => type.BaseType is { IsConstructedGenericType: true } parent && IsFrosting(parent)
        ? parent.GenericTypeArguments[0]
        : typeof(ICakeContext);

    public bool FitsInto(IFrostingContext context) => ContextType.IsInstanceOfType(context);

    public void Describe(CakeTaskBuilder definition, IFrostingContext context)
    {
        if (type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description is { } description && !string.IsNullOrWhiteSpace(description))
            definition.Description(description);
        if (Overrides(RunMethod()))
            definition.Does(task.RunAsync);
        if (Overrides(nameof(IFrostingTask.ShouldRun)))
            definition.WithCriteria(task.ShouldRun, task.SkippedMessage);
        if (type.GetCustomAttribute<ContinueOnErrorAttribute>() is not null)
            definition.ContinueOnError();
        if (Overrides(nameof(IFrostingTask.OnError)))
            definition.OnError(exception => task.OnError(exception, context));
        if (Overrides(nameof(IFrostingTask.Finally)))
            definition.Finally(() => task.Finally(context));
        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
            definition.IsDependentOn(NameOfTask(dependency.Task, "dependency"));
        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
            definition.IsDependeeOf(NameOfTask(dependee.Task, "reverse dependency"));
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static string NameOfTask(Type type, string role) => type.IsAssignableTo(typeof(IFrostingTask))
        ? NameOf(type)
        : throw new FrostingException($"The {role} '{NameOf(type)}' is not a valid task.");

    private static bool IsFrosting(Type type) => type.IsConstructedGenericType
        && (type.GetGenericTypeDefinition() == typeof(FrostingTask<>) || type.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>));

    private Type FrostingType()
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (IsFrosting(candidate))
                return candidate;
        }
        throw new InvalidOperationException(
            $"The task '{Name}' ({type.FullName}) must derive from {nameof(FrostingTask)} or {nameof(AsyncFrostingTask)}.");
    }

    private string RunMethod() => FrostingType().GetGenericTypeDefinition() == typeof(FrostingTask<>)
        ? nameof(FrostingTask.Run)
        : nameof(AsyncFrostingTask.RunAsync);

    private bool Overrides(string method)
    {
        var origin = FrostingType().GetMethod(method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!;
        return type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Any(candidate => candidate.GetBaseDefinition() == origin && candidate.DeclaringType != origin.DeclaringType);
    }
}
