namespace Pipeline.GitHub.Rehearsal.Expressions.Values;

/// <summary>An array. Two are the same only where they are one and the same.</summary>
/// <param name="items">What is in it.</param>
/// <param name="isFiltered">Whether <c>*</c> made it, so that what is asked of it is asked of each of its items.</param>
internal sealed class ListValue(IReadOnlyList<Value> items, bool isFiltered = false) : Value
{
    internal IReadOnlyList<Value> Items => items;

    internal bool IsFiltered => isFiltered;

    internal override bool Holds => true;

    internal override double Number => double.NaN;

    internal override string Text => "Array";
}

/// <summary>An object, such as a context. Names are compared without regard to case.</summary>
internal sealed class ObjectValue : Value
{
    private readonly Dictionary<string, Value> members = new(StringComparer.OrdinalIgnoreCase);

    internal ObjectValue(IEnumerable<KeyValuePair<string, Value>> members)
    {
        foreach (var (name, value) in members)
            this.members[name] = value;
    }

    internal IReadOnlyDictionary<string, Value> Members => members;

    internal override bool Holds => true;

    internal override double Number => double.NaN;

    internal override string Text => "Object";

    internal static ObjectValue Of(IEnumerable<KeyValuePair<string, string>> texts) => new(texts.Select(text => KeyValuePair.Create(text.Key, Value.Of(text.Value))));

    internal static ObjectValue Of(params IEnumerable<(string Name, Value Value)> members) => new(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
