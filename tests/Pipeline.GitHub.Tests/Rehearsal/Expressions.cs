using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Tests.Rehearsal;

/// <summary>https://docs.github.com/actions/reference/workflows-and-actions/expressions, line by line.</summary>
public sealed class Expressions
{
    private static readonly Surroundings Given = new()
    {
        Contexts = new Dictionary<string, Value>
        {
            ["github"] = JsonValues.Parse("""
                {"ref": "refs/heads/main", "event_name": "push", "event": {"issue": {"labels": [{"name": "bug"}, {"name": "help wanted"}]}, "sizes": {"small": {"of": 1}, "large": {"of": 2}}}}
                """),
            ["vars"] = JsonValues.Parse("""{"PIPELINE_REGISTRY": "registry:5000/shop", "EMPTY": ""}"""),
            ["matrix"] = JsonValues.Parse("""{"rows": [[1, 2], [3]]}"""),
        },
        Status = RunStatus.Failure,
    };

    [Theory]
    [InlineData("null", "")]
    [InlineData("false", "false")]
    [InlineData("711", "711")]
    [InlineData("-9.2", "-9.2")]
    [InlineData("0xff", "255")]
    [InlineData("0o17", "15")]
    [InlineData("-2.99e-2", "-0.0299")]
    [InlineData("1e3", "1000")]
    [InlineData("-0", "0")]
    [InlineData(".5", "0.5")]
    [InlineData("'It''s open source!'", "It's open source!")]
    [InlineData("'}}'", "}}")]
    [InlineData("0 == ''", "true")]
    [InlineData("null == ''", "true")]
    [InlineData("null == 0", "true")]
    [InlineData("true == 1", "true")]
    [InlineData("'1' == 1", "true")]
    [InlineData("' 1 ' == 1", "true")]
    [InlineData("'0xff' == 255", "true")]
    [InlineData("'a' == 1", "false")]
    [InlineData("'a' != 1", "true")]
    [InlineData("'ABC' == 'abc'", "true")]
    [InlineData("'b' > 'A'", "true")]
    [InlineData("1 < 2 && 2 <= 2 && 3 >= 3 && 4 > 3", "true")]
    [InlineData("fromJSON('[]') == fromJSON('[]')", "false")]
    [InlineData("github.event == github.event", "true")]
    [InlineData("fromJSON('[]') < 1", "false")]
    [InlineData("true || false && false", "true")]
    [InlineData("(true || false) && false", "false")]
    [InlineData("!true || true", "true")]
    [InlineData("!(true || true)", "false")]
    [InlineData("1 == 1 == true", "true")]
    [InlineData("'' || 'else'", "else")]
    [InlineData("'first' && 'second'", "second")]
    [InlineData("0 && 'never'", "0")]
    [InlineData("vars.EMPTY || 'ubuntu-24.04'", "ubuntu-24.04")]
    [InlineData("github.ref", "refs/heads/main")]
    [InlineData("GitHub.Ref", "refs/heads/main")]
    [InlineData("github['ref']", "refs/heads/main")]
    [InlineData("github.nothing.at.all", "")]
    [InlineData("github.event.issue.labels[1].name", "help wanted")]
    [InlineData("github.event.issue.labels[7].name", "")]
    [InlineData("github.event.issue.labels[-1]", "")]
    [InlineData("join(github.event.issue.labels.*.name, ', ')", "bug, help wanted")]
    [InlineData("join(github.event.issue.labels[*]['name'])", "bug,help wanted")]
    [InlineData("join(github.event.sizes.*.of, '+')", "1+2")]
    [InlineData("join(matrix.rows.*.*)", "1,2,3")]
    [InlineData("join(matrix.rows[*][*])", "1,2,3")]
    [InlineData("contains(github.event.issue.labels.*.name, 'BUG')", "true")]
    [InlineData("contains('Hello world', 'LLO')", "true")]
    [InlineData("contains(fromJSON('[\"push\", \"pull_request\"]'), github.event_name)", "true")]
    [InlineData("contains(fromJSON('[1, 2]'), '2')", "true")]
    [InlineData("contains(github, 'ref')", "false")]
    [InlineData("startsWith('Hello world', 'he')", "true")]
    [InlineData("startsWith(123, 12)", "true")]
    [InlineData("endsWith('Hello world', 'LD')", "true")]
    [InlineData("format('Hello {0} {1} {2}', 'Mona', 'the', 'Octocat')", "Hello Mona the Octocat")]
    [InlineData("format('{{Hello {0} {1} {2}!}}', 'Mona', 'the', 'Octocat')", "{Hello Mona the Octocat!}")]
    [InlineData("format('{0}{0}', true)", "truetrue")]
    [InlineData("join('one', '-')", "one")]
    [InlineData("join(fromJSON('[1, null, true]'))", "1,,true")]
    [InlineData("fromJSON('{\"a\": {\"b\": 3}}').a.b", "3")]
    [InlineData("fromJSON('true')", "true")]
    [InlineData("toJSON('a\"b')", "\"a\\\"b\"")]
    [InlineData("toJSON(fromJSON('{\"a\":[1,null]}'))", "{\n  \"a\": [\n    1,\n    null\n  ]\n}")]
    [InlineData("toJSON(null)", "null")]
    [InlineData("github.event", "Object")]
    [InlineData("github.event.issue.labels", "Array")]
    [InlineData("case(false, 1, true, 2, 3)", "2")]
    [InlineData("case(false, 1, 3)", "3")]
    [InlineData("success()", "false")]
    [InlineData("failure()", "true")]
    [InlineData("Always()", "true")]
    [InlineData("cancelled()", "false")]
    public void An_expression_has_the_value_that_GitHub_gives_it(string expression, string value)
    {
        var everywhere = new Place("a test", ["github", "vars", "matrix"], ["success", "failure", "always", "cancelled"]);
        Assert.Equal(value, Template.Parse($"${{{{ {expression} }}}}", everywhere).Text(Given));
    }

    [Theory]
    [InlineData("\"double\"", "the expression '\"double\"': a double quote at 2; write texts in single quotes")]
    [InlineData("1 ==", "the expression '1 ==': a value is missing at 7, where the end is")]
    [InlineData("'open", "the expression ''open }}' has no end; close it with }}")]
    [InlineData("secrets.KEY", "the expression 'secrets.KEY': 'secrets' is nothing that can be read in the if of a job; there are github, inputs, vars, needs")]
    [InlineData("hashFiles('a')", "the expression 'hashFiles('a')': hashFiles() is nothing that can be called in the if of a job")]
    [InlineData("nothing()", "the expression 'nothing()': there is no function 'nothing'; there are contains, startsWith, endsWith, format, join, toJSON, fromJSON, case, hashFiles, success, failure, always, cancelled")]
    [InlineData("contains('a')", "the expression 'contains('a')': contains takes 2 arguments, not 1")]
    [InlineData("1 2", "the expression '1 2': an operator or the end is missing at 4, where '2' is")]
    [InlineData("a $ b", "the expression 'a $ b': '$' at 4 means nothing in an expression")]
    public void What_is_no_expression_is_refused_with_its_place(string expression, string fault)
    {
        var thrown = Assert.Throws<ExpressionException>(() => Template.Parse($"${{{{ {expression} }}}}", Place.JobIf));
        Assert.Equal(fault, thrown.Message);
    }

    [Theory]
    [InlineData("", RunStatus.Success, true)]
    [InlineData("", RunStatus.Failure, false)]
    [InlineData("true", RunStatus.Failure, false)]
    [InlineData("always()", RunStatus.Cancelled, true)]
    [InlineData("${{ failure() }}", RunStatus.Failure, true)]
    [InlineData("!cancelled() && vars.A == 'b'", RunStatus.Failure, true)]
    [InlineData("vars.A", RunStatus.Success, true)]
    [InlineData("vars.MISSING", RunStatus.Success, false)]
    [InlineData("x ${{ false }}", RunStatus.Success, true)]
    public void A_condition_holds_only_after_success_unless_it_asks_for_the_status(string condition, object status, bool holds)
    {
        var surroundings = new Surroundings { Contexts = new Dictionary<string, Value> { ["vars"] = JsonValues.Parse("""{"A": "b"}""") }, Status = (RunStatus)status };
        Assert.Equal(holds, Template.ParseCondition(condition, Place.JobIf).Holds(surroundings));
    }

    [Fact]
    public void Text_around_expressions_stays_as_it_is() =>
        Assert.Equal("a registry:5000/shop-push $x {{b}}", Template.Parse("a ${{ vars.PIPELINE_REGISTRY }}-${{github.event_name}} $x {{b}}", Place.OfJob).Text(Given));
}
