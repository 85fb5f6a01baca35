using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Tests.Migrations;

public sealed class SqlSplitterTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ;; \n-- nothing;\n/* at; all */;", new string[0])]
    [InlineData("select 1; select 2", new[] { "select 1", "select 2" })]
    [InlineData("select ';' ; select \"a;b\"", new[] { "select ';'", "select \"a;b\"" })]
    [InlineData("select 'it''s;'; select 2", new[] { "select 'it''s;'", "select 2" })]
    [InlineData(@"select 'a\'; select 2", new[] { @"select 'a\'", "select 2" })]
    [InlineData(@"select E'a\';b'; select 2", new[] { @"select E'a\';b'", "select 2" })]
    [InlineData(@"select E'a\\'; select 2", new[] { @"select E'a\\'", "select 2" })]
    [InlineData("select name'x;y'; select 2", new[] { "select name'x;y'", "select 2" })]
    [InlineData("select $$a;b$$; select $t$ ; $$ ; $t$; select a$b;", new[] { "select $$a;b$$", "select $t$ ; $$ ; $t$", "select a$b" })]
    [InlineData("select $1; select 2", new[] { "select $1", "select 2" })]
    [InlineData("/* a; /* b; */ c; */ select 1 -- d;\n; select 2", new[] { "select 1", "select 2" })]
    [InlineData("create rule r as on insert to t do (select 1; select 2); select 3", new[] { "create rule r as on insert to t do (select 1; select 2)", "select 3" })]
    [InlineData(
        "create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3",
        new[] { "create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end", "select 3" })]
    [InlineData("select 1 -- begin\n; end; select case when a then b end; select 4", new[] { "select 1", "end", "select case when a then b end", "select 4" })]
    [InlineData("create table functions (\"begin\" int); select 2", new[] { "create table functions (\"begin\" int)", "select 2" })]
    public void A_script_is_cut_at_the_semicolons_that_end_statements(string script, string[] statements)
    {
        var result = SqlSplitter.Split(script);

        Assert.Equal(statements, result.Statements.Select(statement => statement.Text));
        Assert.Empty(result.Faults);
    }

    [Fact]
    public void Every_statement_knows_its_line()
    {
        var result = SqlSplitter.Split("-- one\n\nselect 1;\n/* four\nfive */ select 2; select\n3;\n\nselect 4");

        Assert.Equal([3, 5, 5, 8], result.Statements.Select(statement => statement.Line));
    }

    [Fact]
    public void Words_in_comments_and_strings_are_no_code() =>
        Assert.Equal("select  ''    from \"drop\"", SqlSplitter.Split("select /* drop */'drop' -- drop\n from \"drop\"").Statements[0].Code);

    [Theory]
    [InlineData("select 1;\nselect 'open", 2, "a string begins here and never ends; close it")]
    [InlineData("select \"open;", 1, "a quoted name begins here and never ends; close it")]
    [InlineData("\n\n/* open /* */", 3, "a comment begins here and never ends; close it")]
    [InlineData("select $x$ open $$", 1, "a dollar-quoted string begins here and never ends; close it")]
    [InlineData("select 1;\n\\connect other", 2, "a backslash begins a command of psql, which the server does not know; write it in SQL")]
    public void What_cannot_be_read_is_named_with_its_line(string script, int line, string fault) =>
        Assert.Equal(new SqlFault(line, fault), Assert.Single(SqlSplitter.Split(script).Faults));

    [Fact]
    public void Whatever_stands_in_quotes_and_comments_statements_come_back_as_they_were_joined()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 2000; round++)
        {
            var statements = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Statement(random)).ToList();
            var script = string.Concat(statements.Select(statement => $"{Noise(random)}{statement}{Noise(random)};"));

            var result = SqlSplitter.Split(script);

            Assert.True(statements.SequenceEqual(result.Statements.Select(statement => statement.Text)), script);
            Assert.Empty(result.Faults);
            Assert.All(result.Statements, statement => Assert.StartsWith(statement.Text[..6], LineFrom(script, statement.Line), StringComparison.Ordinal));
        }
    }

    private static string LineFrom(string script, int line) => string.Join('\n', script.Split('\n').Skip(line - 1)) is var rest && rest.IndexOf("select", StringComparison.Ordinal) is var at and >= 0 ? rest[at..] : rest;

    private static string Statement(Random random) => $"select {string.Join(' ', Enumerable.Range(0, random.Next(0, 6)).Select(_ => Atom(random)))} done";

    private static string Noise(Random random) => random.Next(4) switch
    {
        0 => " ",
        1 => "\n-- it's; $$ \" /* E'\n",
        2 => "/* ' ; $a$ /* \" ; */ -- */",
        _ => "\n",
    };

    private static string Atom(Random random)
    {
        var inner = string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => "';\"\\$-/*(E \na"[random.Next(13)]));
        return random.Next(7) switch
        {
            0 => $"'{inner.Replace("'", "''", StringComparison.Ordinal)}'",
            1 => $"E'{inner.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'",
            2 => $"\"{inner.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            3 => $"$q${inner.Replace("$", "", StringComparison.Ordinal)}$q$",
            4 => $"({inner.Length};{inner.Length})",
            5 => $"--{inner.Replace("\n", "", StringComparison.Ordinal)}\n",
            _ => "a$1$b",
        };
    }
}
