namespace Cake.Frosting;

/// <summary>The task runs before another one, which need not know of it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute : Attribute
{
    /// <summary>Names the task that waits for this one.</summary>
    /// <param name="type">A class that implements <see cref="IFrostingTask"/>; the run fails with a <see cref="FrostingException"/> otherwise.</param>
    public IsDependeeOfAttribute(Type type) => Task = type;

    /// <summary>The class of the task that runs afterwards.</summary>
    public Type Task { get; }
}
