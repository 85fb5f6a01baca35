namespace Pipeline.Targets.Fingerprints;

/// <summary>One input of a target: what it is (<c>file</c>, <c>tool</c>, <c>parameter</c>, <c>value</c>, <c>result</c>), its name, and its value or hash.</summary>
internal readonly record struct InputPart(string Kind, string Name, string Value)
{
    internal string Key => $"{Kind}:{Name}";
}
