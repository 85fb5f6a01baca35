using Pipeline.GitHub.Rehearsal.Expressions.Parsing;
using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>A text of a workflow with expressions in it: <c>build-${{ github.run_attempt }}</c>.</summary>
internal sealed class Template
{
    private const string Opening = "${{";

    private readonly IReadOnlyList<(string Literal, ParsedExpression? Expression)> parts;

    private Template(string source, IReadOnlyList<(string, ParsedExpression?)> parts) => (Source, this.parts) = (source, parts);

    /// <summary>As it is written.</summary>
    internal string Source { get; }

    internal bool IsPlain => parts.All(part => part.Expression is null);

    /// <summary>All names that it reads of a context: <c>PIPELINE_LEDGER</c> for <c>secrets.PIPELINE_LEDGER</c>.</summary>
    internal IEnumerable<string> NamesRead(string context) => parts.Where(part => part.Expression is not null).SelectMany(part => NamesRead(part.Expression!.Root, context));

    /// <exception cref="ExpressionException">An expression is none, or reads what is not to be had in its place.</exception>
    internal static Template Parse(string source, Place place)
    {
        List<(string, ParsedExpression?)> parts = [];
        var at = 0;
        for (var start = source.IndexOf(Opening, StringComparison.Ordinal); start >= 0; start = source.IndexOf(Opening, at, StringComparison.Ordinal))
        {
            if (start > at)
                parts.Add((source[at..start], null));
            var end = EndOf(source, start + Opening.Length);
            parts.Add(("", Read(source[(start + Opening.Length)..end], place)));
            at = end + 2;
        }
        if (at < source.Length || parts.Count == 0)
            parts.Add((source[at..], null));
        return new(source, parts);
    }

    /// <summary>The condition of a job or step, which needs no <c>${{ }}</c>. Without a function of status in it, it holds only after success.</summary>
    internal static Template ParseCondition(string source, Place place)
    {
        if (source.Contains(Opening, StringComparison.Ordinal))
            return Parse(source, place);
        return source.Trim().Length == 0 ? new(source, [("", Read("success()", place))]) : new(source, [("", Read(source, place))]);
    }

    /// <summary>Whether the condition holds.</summary>
    internal bool Holds(Surroundings surroundings)
    {
        var asksForStatus = parts.Any(part => part.Expression is { } expression && expression.Functions.Any(function => Functions.OfStatus.Contains(function, StringComparer.OrdinalIgnoreCase)));
        return (asksForStatus || surroundings.Status == RunStatus.Success) && Evaluate(surroundings).Holds;
    }

    /// <summary>The value: of the expression itself where there is nothing else.</summary>
    internal Value Evaluate(Surroundings surroundings) => parts is [{ Expression: { } only }]
        ? new Evaluator(surroundings).Evaluate(only.Root)
        : Value.Of(string.Concat(parts.Select(part => part.Expression is { } expression ? new Evaluator(surroundings).Evaluate(expression.Root).Text : part.Literal)));

    internal string Text(Surroundings surroundings) => Evaluate(surroundings).Text;

    /// <inheritdoc />
    public override string ToString() => Source;

    private static ParsedExpression Read(string text, Place place)
    {
        try
        {
            var expression = Parser.Parse(text);
            place.Require(expression);
            return expression;
        }
        catch (ExpressionException fault)
        {
            throw new ExpressionException($"the expression '{text.Trim()}': {fault.Message}", fault);
        }
    }

    // The end is the first one outside of a text in quotes.
    private static int EndOf(string source, int from)
    {
        var isQuoted = false;
        for (var at = from; at < source.Length; at++)
        {
            if (source[at] == '\'')
                isQuoted = !isQuoted;
            else if (!isQuoted && at + 1 < source.Length && source[at] == '}' && source[at + 1] == '}')
                return at;
        }
        throw new ExpressionException($"the expression '{source[from..].Trim()}' has no end; close it with }}}}");
    }

    private static IEnumerable<string> NamesRead(Node node, string context) => node switch
    {
        MemberNode { Of: ContextNode { Name: var name }, Index: LiteralNode literal } when name.Equals(context, StringComparison.OrdinalIgnoreCase) => [literal.Value.Text],
        ContextNode { Name: var name } when name.Equals(context, StringComparison.OrdinalIgnoreCase) => ["*"],
        MemberNode member => [.. NamesRead(member.Of, context), .. NamesRead(member.Index, context)],
        AllNode all => NamesRead(all.Of, context),
        NotNode not => NamesRead(not.Of, context),
        BinaryNode binary => [.. NamesRead(binary.Left, context), .. NamesRead(binary.Right, context)],
        CallNode call => call.Arguments.SelectMany(argument => NamesRead(argument, context)),
        _ => [],
    };
}
