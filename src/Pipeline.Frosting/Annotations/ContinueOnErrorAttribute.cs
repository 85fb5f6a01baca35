namespace Cake.Frosting;

/// <summary>A failure of the task is logged, and the run goes on as if it had succeeded.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute;
