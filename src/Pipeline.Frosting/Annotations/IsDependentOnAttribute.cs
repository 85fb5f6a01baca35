namespace Cake.Frosting;

/// <summary>The task runs after another one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute : Attribute
{
    /// <summary>Names the task to run before this one.</summary>
    /// <param name="task">A class that implements <see cref="IFrostingTask"/>; the run fails with a <see cref="FrostingException"/> otherwise.</param>
    public IsDependentOnAttribute(Type task) => Task = task;

    /// <summary>The class of the task that runs first.</summary>
    public Type Task { get; }
}
