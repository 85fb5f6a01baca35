using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions.Parsing;

internal enum TokenKind
{
    Name,
    Literal,
    Sign,
    End,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Position">Where it begins, from 1.</param>
/// <param name="Value">What a literal is.</param>
internal sealed record Token(TokenKind Kind, string Text, int Position, Value? Value = null);
