namespace Pipeline.GitHub.Rehearsal.Expressions.Values;

/// <summary>
/// GitHub's loose comparison: of different types both become numbers, texts are compared without regard to case, arrays and objects are equal only to themselves:
/// https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators.
/// </summary>
internal static class Comparison
{
    internal static bool AreEqual(Value left, Value right) => (left, right) switch
    {
        (TextValue, TextValue) => string.Equals(left.Text, right.Text, StringComparison.OrdinalIgnoreCase),
        (ListValue or ObjectValue, _) or (_, ListValue or ObjectValue) => ReferenceEquals(left, right),
        _ => left.Number == right.Number,
    };

    internal static bool IsLess(Value left, Value right) => (left, right) switch
    {
        (TextValue, TextValue) => string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase) < 0,
        (ListValue or ObjectValue, _) or (_, ListValue or ObjectValue) => false,
        _ => left.Number < right.Number,
    };
}
