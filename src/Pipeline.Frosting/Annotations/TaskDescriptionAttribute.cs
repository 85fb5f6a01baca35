namespace Cake.Frosting;

/// <summary>Describes a task to the reader of <c>--description</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute : Attribute
{
    /// <summary>Describes the task.</summary>
    /// <param name="description">The sentence shown; nothing is shown when it is blank.</param>
    public TaskDescriptionAttribute(string description) => Description = description;

    /// <summary>The sentence shown beside the task's name.</summary>
    public string Description { get; }
}
