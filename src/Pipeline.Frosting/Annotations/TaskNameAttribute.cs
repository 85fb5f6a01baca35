namespace Cake.Frosting;

/// <summary>Names a task. Without it a task has the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute : Attribute
{
    /// <summary>Names the task.</summary>
    /// <param name="name">What is written after <c>--target</c>; compared without regard to case.</param>
    public TaskNameAttribute(string name) => Name = name;

    /// <summary>The name of the task.</summary>
    public string Name { get; }
}
