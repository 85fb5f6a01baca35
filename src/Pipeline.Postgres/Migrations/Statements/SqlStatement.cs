namespace Pipeline.Postgres.Migrations.Statements;

/// <summary>One statement of a script.</summary>
/// <param name="Text">As it is sent: without the semicolon and without comments before and after it.</param>
/// <param name="Code">The same with comments gone and the contents of strings emptied, so that words can be looked for in it.</param>
/// <param name="Line">The line of the script on which it begins, from 1.</param>
internal sealed record SqlStatement(string Text, string Code, int Line);

/// <summary>The statements of a script, or what makes it unreadable.</summary>
/// <param name="Statements">In their order.</param>
/// <param name="Faults">Each with its line.</param>
internal sealed record SqlScript(IReadOnlyList<SqlStatement> Statements, IReadOnlyList<SqlFault> Faults);

/// <summary>Something wrong on a line.</summary>
internal sealed record SqlFault(int Line, string Message);
