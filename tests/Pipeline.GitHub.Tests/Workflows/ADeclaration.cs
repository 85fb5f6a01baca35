using Pipeline.GitHub.Workflows;

namespace Pipeline.GitHub.Tests.Workflows;

public sealed class ADeclaration
{
    private static readonly Job Sound = new()
    {
        Id = "one",
        TimeoutMinutes = 5,
        Steps = [new BuildStep(BuildCommand.Run(["Test"]))],
    };

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var workflow = new Workflow
        {
            File = "../x.yml",
            Name = "two\nlines",
            On = new() { Schedule = ["* * * * *", "0 25 * * *", "0 0"], Push = new("a b"), Manual = new(new ManualInput("a b", "") { Choices = ["x"], Default = "y" }) },
            Jobs =
            [
                Sound with
                {
                    Id = "a b",
                    Needs = ["missing", "two"],
                    TimeoutMinutes = 0,
                    Permissions = [new(PermissionScope.IdToken, PermissionAccess.Read, " ")],
                    Env = new Dictionary<string, Template> { ["PATH"] = Expression.Secret("TOKEN") },
                    Steps = [],
                },
                Sound with
                {
                    Id = "two",
                    Needs = ["a b"],
                    Steps =
                    [
                        new ActionStep(new("checkout", "v5", "")),
                        new BuildStep(BuildCommand.Run(["Test"]))
                        {
                            If = Expression.StepOutput("later", "x").Is("y"),
                            Env = new Dictionary<string, Template> { ["X"] = "${{ github.head_ref }}", ["Y"] = Expression.Input("none"), ["Z"] = Expression.JobOutput("other", "x"), ["A"] = Expression.Matrix("os") },
                        },
                    ],
                },
            ],
        };

        Assert.Equal(
            [
                "file '../x.yml' is not named like pipeline.yml: small letters, digits and -, no folder",
                "name 'two\nlines' is no text on one line without expressions",
                "'a b' is no name or pattern of a branch: letters, digits, . _ - and *, with / between them",
                "schedule '* * * * *' runs more often than every 5 minutes, which GitHub does not do",
                "schedule '0 25 * * *' has '25' as its hour; write *, */n, numbers from 0 to 23, ranges a-b, or a list of these with commas",
                "schedule '0 0' has 2 fields; write minute, hour, day of the month, month and day of the week, such as '17 * * * *'",
                "'a b' is no name of an input; one begins with a letter or _ and goes on with letters, digits, _ and -",
                "input a b has no description; say what to enter",
                "input a b is 'y' by default, which is not among its choices x",
                "job a b needs missing, which is no job of this workflow",
                "jobs a b, two wait for each other; remove one of their needs",
                "'a b' is no id of a job; one begins with a letter or _ and goes on with letters, digits, _ and -",
                "job a b is stopped after 0 minutes; choose 1 to 360",
                "job a b has no step; declare one",
                "job a b has permission IdToken without a reason on one line; say what needs it",
                "job a b may read id tokens, which are only ever written; ask for write, or for none",
                "job a b: variable PATH is the runner's own, or changes which programs run; choose another name",
                "variable PATH of job a b reads secrets.TOKEN, which is not known there; a secret belongs to the one step that uses it",
                "step 1 of job two: action 'checkout' is no owner/repository; write it as actions/checkout",
                "step 1 of job two: action checkout is at 'v5', which is no full commit id of 40 small hexadecimal digits",
                "step 1 of job two: action checkout has version ''; write the tag of its commit, such as v5.0.0",
                "the condition of step 2 of job two reads steps.later.outputs.x, but no step before it has that id",
                "variable X of step 2 of job two holds an expression as text ('${{ github.head_ref }}'); hand it over as an Expression",
                "variable Y of step 2 of job two reads inputs.none, but the workflow asks for no such input",
                "variable Z of step 2 of job two reads needs.other.outputs.x, but does not need that job",
                "variable A of step 2 of job two reads matrix.os, but the job has no such dimension",
            ],
            Assert.Throws<InvalidWorkflowException>(() => WorkflowText.Write(workflow, "Generated")).Faults);
    }

    [Fact]
    public void What_breaks_a_rule_is_not_written() => Assert.Equal(
        "x.yml: 1 fault in the declared workflow:\n  line 15: checkout leaves its token in the clone; set persist-credentials: false",
        Assert.Throws<InvalidWorkflowException>(() => WorkflowText.Write(
            new() { File = "x.yml", Name = "x", On = new() { Push = new() }, Jobs = [Sound with { Steps = [new ActionStep(new("actions/checkout", new string('a', 40), "v5"))] }] }, "Generated")).Message);

    [Theory]
    [InlineData("$(id)")]
    [InlineData("a b")]
    [InlineData("'x'")]
    [InlineData("a;b")]
    [InlineData("${{ github.actor }}")]
    [InlineData("a\nb")]
    public void A_command_takes_no_word_that_a_shell_would_read(string word) =>
        Assert.Contains("a shell would read something into it", Assert.Throws<ArgumentException>(() => BuildCommand.Run(["Test"], "--reason", word)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_command_names_its_targets() =>
        Assert.Contains("name at least one", Assert.Throws<ArgumentException>(() => BuildCommand.Run([])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_secret_has_a_name(string name) => Assert.Throws<ArgumentException>(() => Expression.Secret(name));

    [Fact]
    public void Conditions_are_put_together_with_their_brackets() => Assert.Equal(
        "${{ ((github.ref == 'it''s') && always()) || (vars.A != '') }}",
        $"{Expression.Ref.Is("it's").And(Expression.Always).Or(Expression.Variable("A").IsNot(""))}");

    [Fact]
    public void Texts_with_expressions_are_equal_when_they_read_the_same()
    {
        Template one = $"a-{Expression.Ref}";
        Template other = $"a-{Expression.Ref}";
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, "a-");
        Assert.Equal("a-${{ github.ref }}", $"{one}");
    }
}
