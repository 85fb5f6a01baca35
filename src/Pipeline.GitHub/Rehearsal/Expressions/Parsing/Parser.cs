using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions.Parsing;

/// <summary>Reads an expression: https://docs.github.com/actions/reference/workflows-and-actions/expressions.</summary>
internal sealed class Parser
{
    // GitHub refuses deeper ones, too.
    private const int Deepest = 50;

    // From what binds least to what binds most.
    private static readonly string[][] Precedence = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="]];

    private readonly IReadOnlyList<Token> tokens;
    private readonly HashSet<string> contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
    private int at;
    private int depth;

    private Parser(string text) => tokens = new Lexer(text).Read();

    /// <exception cref="ExpressionException">It is none.</exception>
    internal static ParsedExpression Parse(string text)
    {
        var parser = new Parser(text);
        var node = parser.Binary(0);
        return parser.Next.Kind == TokenKind.End
            ? new(text.Trim(), node, parser.contexts, parser.functions)
            : throw parser.Unexpected("an operator or the end");
    }

    private Token Next => tokens[at];

    private Node Binary(int level)
    {
        if (level == Precedence.Length)
            return Unary();
        var left = Binary(level + 1);
        while (Next is { Kind: TokenKind.Sign, Text: var sign } && Precedence[level].Contains(sign))
        {
            at++;
            left = new BinaryNode(sign, left, Binary(level + 1));
        }
        return left;
    }

    private Node Unary()
    {
        if (++depth > Deepest)
            throw new ExpressionException($"it is nested more than {Deepest} deep");
        var node = Takes("!") ? new NotNode(Unary()) : Postfix(Primary());
        depth--;
        return node;
    }

    private Node Primary()
    {
        var token = Next;
        at++;
        switch (token)
        {
            case { Kind: TokenKind.Literal }:
                return new LiteralNode(token.Value!);
            case { Kind: TokenKind.Name } when Takes("("):
                return Call(token.Text);
            case { Kind: TokenKind.Name }:
                contexts.Add(token.Text);
                return new ContextNode(token.Text);
            case { Text: "(", Kind: TokenKind.Sign }:
                var inner = Binary(0);
                Require(")");
                return inner;
            default:
                at--;
                throw Unexpected("a value");
        }
    }

    private CallNode Call(string function)
    {
        List<Node> arguments = [];
        if (!Takes(")"))
        {
            do
                arguments.Add(Binary(0));
            while (Takes(","));
            Require(")");
        }
        Functions.Require(function, arguments.Count);
        functions.Add(function);
        return new(function, arguments);
    }

    private Node Postfix(Node node)
    {
        while (true)
        {
            if (Takes("."))
            {
                node = Takes("*") ? new AllNode(node)
                    : Next.Kind == TokenKind.Name ? new MemberNode(node, new LiteralNode(Value.Of(tokens[at++].Text)))
                    : throw Unexpected("a name");
            }
            else if (Takes("["))
            {
                node = Takes("*") ? new AllNode(node) : new MemberNode(node, Binary(0));
                Require("]");
            }
            else
            {
                return node;
            }
        }
    }

    private bool Takes(string sign)
    {
        if (Next is not { Kind: TokenKind.Sign } || Next.Text != sign)
            return false;
        at++;
        return true;
    }

    private void Require(string sign)
    {
        if (!Takes(sign))
            throw Unexpected($"'{sign}'");
    }

    private ExpressionException Unexpected(string wanted) => new($"{wanted} is missing at {Next.Position}, where {(Next.Kind == TokenKind.End ? "the end" : $"'{Next.Text}'")} is");
}

/// <summary>An expression that was read.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Root">What it is.</param>
/// <param name="Contexts">The contexts that it reads.</param>
/// <param name="Functions">The functions that it calls.</param>
internal sealed record ParsedExpression(string Text, Node Root, IReadOnlyCollection<string> Contexts, IReadOnlyCollection<string> Functions);
