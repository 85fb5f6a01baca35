using System.Text;

namespace Pipeline.Postgres.Migrations.Statements;

/// <summary>Cuts a script into its statements as psql does: at semicolons outside strings, comments, parentheses and the bodies of SQL functions.</summary>
internal sealed class SqlSplitter
{
    private readonly string text;
    private readonly List<SqlStatement> statements = [];
    private readonly List<SqlFault> faults = [];
    private readonly StringBuilder code = new();
    private readonly List<string> words = [];
    private int start = -1;
    private int end;
    private int parentheses;
    private int blocks;

    private SqlSplitter(string text) => this.text = text;

    public static SqlScript Split(string text)
    {
        var splitter = new SqlSplitter(text);
        splitter.Run();
        return new SqlScript(splitter.statements, splitter.faults);
    }

    private void Run()
    {
        var scanner = new SqlScanner(text);
        while (scanner.Next() is { } piece)
        {
            if (!piece.Closed)
                faults.Add(new SqlFault(LineOf(piece.Start), $"a {Describe(piece)} begins here and never ends; close it"));
            if (piece.Kind is SqlPieceKind.Space or SqlPieceKind.Comment)
                code.Append(' ');
            else if (text[piece.Start] == ';' && piece.Kind == SqlPieceKind.Other && parentheses <= 0 && blocks <= 0)
                Finish();
            else
                Take(piece);
        }
        Finish();
    }

    private void Take(SqlPiece piece)
    {
        if (start < 0)
        {
            start = piece.Start;
            code.Clear();
        }
        end = piece.End;
        if (piece.Kind == SqlPieceKind.Word)
            Count(text[piece.Start..piece.End].ToLowerInvariant());
        else if (piece.Kind == SqlPieceKind.Other)
            Count(text[piece.Start]);
        code.Append(piece.Kind == SqlPieceKind.Text ? "''" : text.AsSpan(piece.Start, piece.End - piece.Start));
    }

    private void Count(char symbol)
    {
        if (symbol == '(')
            parentheses++;
        else if (symbol == ')')
            parentheses--;
        else if (symbol == '\\')
            faults.Add(new SqlFault(LineOf(end - 1), "a backslash begins a command of psql, which the server does not know; write it in SQL"));
    }

    /// <summary>Follows <c>begin atomic … end</c>, whose statements belong to the function around them.</summary>
    private void Count(string word)
    {
        if (words.Count < 4)
            words.Add(word);
        var defines = words[0] == "create" && words.Exists(known => known is "function" or "procedure");
        if (defines && word == "begin")
            blocks++;
        else if (blocks > 0 && word == "case")
            blocks++;
        else if (blocks > 0 && word == "end")
            blocks--;
    }

    private void Finish()
    {
        if (start >= 0)
            statements.Add(new SqlStatement(text[start..end], code.ToString().Trim(), LineOf(start)));
        start = -1;
        parentheses = 0;
        blocks = 0;
        words.Clear();
        code.Clear();
    }

    private string Describe(SqlPiece piece) => piece.Kind switch
    {
        SqlPieceKind.Comment => "comment",
        SqlPieceKind.Name => "quoted name",
        _ => text[piece.Start] == '$' ? "dollar-quoted string" : "string",
    };

    private int LineOf(int position) => text.AsSpan(0, position).Count('\n') + 1;
}
