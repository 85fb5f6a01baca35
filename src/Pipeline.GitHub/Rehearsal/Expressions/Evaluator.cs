using Pipeline.GitHub.Rehearsal.Expressions.Parsing;
using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>Evaluates what was read.</summary>
internal sealed class Evaluator(Surroundings surroundings)
{
    internal Value Evaluate(Node node) => node switch
    {
        LiteralNode literal => literal.Value,
        ContextNode context => surroundings.Contexts.GetValueOrDefault(context.Name.ToLowerInvariant()) ?? Value.Null,
        NotNode not => Value.Of(!Evaluate(not.Of).Holds),
        BinaryNode binary => Evaluate(binary),
        AllNode all => All(Evaluate(all.Of)),
        MemberNode member => Member(Evaluate(member.Of), Evaluate(member.Index)),
        CallNode call => Call(call),
        _ => throw new ExpressionException($"{node} cannot be evaluated"),
    };

    private Value Evaluate(BinaryNode node)
    {
        var left = Evaluate(node.Left);
        if (node.Sign == "&&")
            return left.Holds ? Evaluate(node.Right) : left;
        if (node.Sign == "||")
            return left.Holds ? left : Evaluate(node.Right);
        var right = Evaluate(node.Right);
        return Value.Of(node.Sign switch
        {
            "==" => Comparison.AreEqual(left, right),
            "!=" => !Comparison.AreEqual(left, right),
            "<" => Comparison.IsLess(left, right),
            ">" => Comparison.IsLess(right, left),
            "<=" => Comparison.IsLess(left, right) || IsSame(left, right),
            _ => Comparison.IsLess(right, left) || IsSame(left, right),
        });
    }

    // What has no order is not even as large as itself.
    private static bool IsSame(Value left, Value right) => left is not (ListValue or ObjectValue) && Comparison.AreEqual(left, right);

    private static ListValue All(Value of) => new(
        of switch
        {
            ListValue { IsFiltered: true } list => [.. list.Items.SelectMany(ItemsOf)],
            _ => [.. ItemsOf(of)],
        },
        isFiltered: true);

    private static IEnumerable<Value> ItemsOf(Value value) => value switch
    {
        ListValue list => list.Items,
        ObjectValue map => map.Members.Values,
        _ => [],
    };

    private static Value Member(Value of, Value index) => of is ListValue { IsFiltered: true } list
        ? new ListValue([.. list.Items.Select(item => Find(item, index)).OfType<Value>()], isFiltered: true)
        : Find(of, index) ?? Value.Null;

    private static Value? Find(Value of, Value index) => of switch
    {
        ObjectValue map => map.Members.GetValueOrDefault(index.Text),
        ListValue list when index.Number is >= 0 and < int.MaxValue and var number && number < list.Items.Count => list.Items[(int)number],
        _ => null,
    };

    private Value Call(CallNode call) => call.Function.ToUpperInvariant() switch
    {
        "ALWAYS" => Value.True,
        "SUCCESS" => Value.Of(surroundings.Status == RunStatus.Success),
        "FAILURE" => Value.Of(surroundings.Status == RunStatus.Failure),
        "CANCELLED" => Value.Of(surroundings.Status == RunStatus.Cancelled),
        "HASHFILES" => Value.Of(surroundings.HashFiles([.. call.Arguments.Select(argument => Evaluate(argument).Text)])),
        "CASE" => Case(call.Arguments),
        _ => Functions.Call(call.Function, [.. call.Arguments.Select(Evaluate)]),
    };

    private Value Case(IReadOnlyList<Node> arguments)
    {
        for (var at = 0; at + 1 < arguments.Count; at += 2)
        {
            if (Evaluate(arguments[at]).Holds)
                return Evaluate(arguments[at + 1]);
        }
        return Evaluate(arguments[^1]);
    }
}
