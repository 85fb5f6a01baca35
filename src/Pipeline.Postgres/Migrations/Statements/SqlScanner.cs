namespace Pipeline.Postgres.Migrations.Statements;

/// <summary>
/// Walks over SQL one lexical piece at a time: comments (nested), strings (standard, <c>E''</c>), quoted names, dollar quotes, words, single characters. See
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html. Strings are standard-conforming, as they are unless a server is told otherwise.
/// </summary>
internal sealed class SqlScanner(string text)
{
    /// <summary>Where the next piece begins.</summary>
    public int Position { get; private set; }

    public SqlPiece? Next()
    {
        if (Position >= text.Length)
            return null;
        var start = Position;
        var (end, kind) = Measure(start);
        Position = end < 0 ? text.Length : end;
        return new SqlPiece(kind, start, Position, Closed: end >= 0);
    }

    private (int End, SqlPieceKind Kind) Measure(int at)
    {
        var c = text[at];
        if (char.IsWhiteSpace(c))
            return (at + 1, SqlPieceKind.Space);
        if (Stands("--", at))
            return (EndOfLine(at), SqlPieceKind.Comment);
        if (Stands("/*", at))
            return (EndOfBlock(at), SqlPieceKind.Comment);
        if (c == '\'')
            return (EndOfQuoted(at + 1, '\'', escapes: false), SqlPieceKind.Text);
        if (c == '"')
            return (EndOfQuoted(at + 1, '"', escapes: false), SqlPieceKind.Name);
        if (c is 'e' or 'E' && Stands("'", at + 1))
            return (EndOfQuoted(at + 2, '\'', escapes: true), SqlPieceKind.Text);
        if (c == '$' && EndOfTag(at) is { } tagEnd)
            return (EndOfDollar(at, tagEnd), SqlPieceKind.Text);
        return IsNameStart(c) ? (EndOfWord(at), SqlPieceKind.Word) : (at + 1, SqlPieceKind.Other);
    }

    private bool Stands(string sample, int at) => string.CompareOrdinal(text, at, sample, 0, sample.Length) == 0;

    private int EndOfLine(int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private int EndOfBlock(int at)
    {
        var depth = 0;
        for (var next = at; next < text.Length; next++)
        {
            if (Stands("/*", next))
            {
                depth++;
                next++;
            }
            else if (Stands("*/", next))
            {
                next++;
                if (--depth == 0)
                    return next + 1;
            }
        }
        return -1;
    }

    private int EndOfQuoted(int at, char quote, bool escapes)
    {
        for (var next = at; next < text.Length; next++)
        {
            if (escapes && text[next] == '\\')
                next++;
            else if (text[next] == quote)
            {
                if (next + 1 >= text.Length || text[next + 1] != quote)
                    return next + 1;
                next++;
            }
        }
        return -1;
    }

    /// <summary>The end of <c>$tag$</c>; null when the dollar begins none.</summary>
    private int? EndOfTag(int at)
    {
        var next = at + 1;
        if (next < text.Length && IsNameStart(text[next]))
            while (next < text.Length && (IsNameStart(text[next]) || char.IsAsciiDigit(text[next])))
                next++;
        return next < text.Length && text[next] == '$' ? next + 1 : null;
    }

    private int EndOfDollar(int at, int tagEnd)
    {
        var tag = text[at..tagEnd];
        var close = text.IndexOf(tag, tagEnd, StringComparison.Ordinal);
        return close < 0 ? -1 : close + tag.Length;
    }

    private int EndOfWord(int at)
    {
        var next = at;
        while (next < text.Length && (IsNameStart(text[next]) || char.IsAsciiDigit(text[next]) || text[next] == '$'))
            next++;
        return next;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c > 127;
}

/// <summary>What a piece is.</summary>
internal enum SqlPieceKind
{
    Space,
    Comment,
    Text,
    Name,
    Word,
    Other,
}

/// <summary>A piece of SQL from one position to another.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where the next one begins.</param>
/// <param name="Closed">False when the text ended before it did.</param>
internal readonly record struct SqlPiece(SqlPieceKind Kind, int Start, int End, bool Closed);
