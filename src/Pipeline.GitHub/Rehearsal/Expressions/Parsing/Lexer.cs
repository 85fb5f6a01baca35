using System.Text;
using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions.Parsing;

/// <summary>Takes an expression apart into words.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Signs = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ",", ".", "*"];

    private readonly List<Token> tokens = [];
    private int at;

    internal IReadOnlyList<Token> Read()
    {
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                break;
            tokens.Add(Next());
        }
        tokens.Add(new(TokenKind.End, "the end", at + 1));
        return tokens;
    }

    private Token Next() => text[at] switch
    {
        '\'' => Quoted(),
        '"' => throw new ExpressionException($"a double quote at {at + 1}; write texts in single quotes"),
        '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Name(),
        '-' or '+' or (>= '0' and <= '9') => Number(),
        '.' when !FollowsValue => Number(),
        _ => Sign(),
    };

    // A dot behind a value asks for a member of it; anywhere else it begins a number.
    private bool FollowsValue => tokens is [.., { Kind: TokenKind.Name or TokenKind.Literal } or { Text: ")" or "]" or "*" }];

    private Token Quoted()
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != '\'')
                value.Append(text[at++]);
            else if (at + 1 < text.Length && text[at + 1] == '\'')
                (_, at) = (value.Append('\''), at + 2);
            else
                return Literal(start, ++at, Value.Of(value.ToString()));
        }
        throw new ExpressionException($"the text that begins at {start + 1} has no end; close it with a single quote");
    }

    private Token Name()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            at++;
        var name = text[start..at];
        return FollowsDot ? new(TokenKind.Name, name, start + 1) : name switch
        {
            "true" => Literal(start, at, Value.True),
            "false" => Literal(start, at, Value.False),
            "null" => Literal(start, at, Value.Null),
            "NaN" => Literal(start, at, Value.Of(double.NaN)),
            "Infinity" => Literal(start, at, Value.Of(double.PositiveInfinity)),
            _ => new(TokenKind.Name, name, start + 1),
        };
    }

    private bool FollowsDot => tokens is [.., { Kind: TokenKind.Sign, Text: "." }];

    private Token Number()
    {
        var start = at++;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E')))
            at++;
        var number = NumberText.Read(text[start..at]);
        return double.IsNaN(number) ? throw new ExpressionException($"'{text[start..at]}' at {start + 1} is no number") : Literal(start, at, Value.Of(number));
    }

    private Token Sign()
    {
        var sign = Signs.FirstOrDefault(each => text.AsSpan(at).StartsWith(each, StringComparison.Ordinal))
            ?? throw new ExpressionException($"'{text[at]}' at {at + 1} means nothing in an expression");
        var start = at;
        at += sign.Length;
        return new(TokenKind.Sign, sign, start + 1);
    }

    private Token Literal(int start, int end, Value value) => new(TokenKind.Literal, text[start..end], start + 1, value);
}
