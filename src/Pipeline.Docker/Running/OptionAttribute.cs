namespace Cake.Docker;

/// <summary>Names the option of a property whose own name does not: <c>--tls-verify</c>; the empty name keeps it off the command line.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
