namespace Pipeline.GitHub.Workflows;

/// <summary>
/// An expression, which GitHub evaluates before a step runs: https://docs.github.com/actions/reference/workflows-and-actions/expressions. It is put together from
/// what it reads, so that a workflow can be checked for reading only what is there.
/// </summary>
public sealed class Expression
{
    private readonly bool isAtom;

    private Expression(string text, bool isAtom, IReadOnlyList<Reference> references)
    {
        Text = text;
        this.isAtom = isAtom;
        References = references;
    }

    private Expression(Reference reference)
        : this(reference.ToString(), isAtom: true, [reference])
    {
    }

    /// <summary>The expression without <c>${{ }}</c> around it.</summary>
    public string Text { get; }

    internal IReadOnlyList<Reference> References { get; }

    /// <summary>The branch or tag that the run is for, as <c>refs/heads/main</c>; for a pull request <c>refs/pull/7/merge</c>.</summary>
    public static Expression Ref { get; } = new(new Reference(ReferenceKind.GitHub, "ref"));

    /// <summary>The number of the run, the same in all its attempts.</summary>
    public static Expression RunId { get; } = new(new Reference(ReferenceKind.GitHub, "run_id"));

    /// <summary>Which attempt of the run this is, from 1 on.</summary>
    public static Expression RunAttempt { get; } = new(new Reference(ReferenceKind.GitHub, "run_attempt"));

    /// <summary>What started the run: <c>push</c>, <c>pull_request</c>.</summary>
    public static Expression EventName { get; } = new(new Reference(ReferenceKind.GitHub, "event_name"));

    /// <summary>Owner and name of the repository.</summary>
    public static Expression Repository { get; } = new(new Reference(ReferenceKind.GitHub, "repository"));

    /// <summary>Who may see the repository: <c>public</c>, <c>private</c> or <c>internal</c>. Empty for a run on a schedule.</summary>
    public static Expression Visibility { get; } = new(new Reference(ReferenceKind.GitHub, "event.repository.visibility"));

    /// <summary>The token of the job, which may do what the job's permissions say and ends with it.</summary>
    public static Expression Token { get; } = new(new Reference(ReferenceKind.GitHub, "token"));

    /// <summary>Holds also where an earlier step failed or the run was cancelled. Only for conditions.</summary>
    public static Expression Always { get; } = new(new Reference(ReferenceKind.Status, "always"));

    /// <summary>Holds where an earlier step failed. Only for conditions.</summary>
    public static Expression Failure { get; } = new(new Reference(ReferenceKind.Status, "failure"));

    /// <summary>A secret of the repository or of the job's environment.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static Expression Secret(string name) => new(new Reference(ReferenceKind.Secret, Names.RequireVariable(name, "a secret")));

    /// <summary>A configuration variable of the repository or of the job's environment; empty where it is not set.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static Expression Variable(string name) => new(new Reference(ReferenceKind.Variable, Names.RequireVariable(name, "a variable")));

    /// <summary>What a person entered who started the workflow.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static Expression Input(string name) => new(new Reference(ReferenceKind.Input, Names.Require(name, "an input")));

    /// <summary>The output of a job that this one needs.</summary>
    /// <exception cref="ArgumentException">A name is none.</exception>
    public static Expression JobOutput(string job, string output) =>
        new(new Reference(ReferenceKind.Need, Names.Require(job, "a job"), Names.Require(output, "an output")));

    /// <summary>The output of an earlier step of the same job.</summary>
    /// <exception cref="ArgumentException">A name is none.</exception>
    public static Expression StepOutput(string step, string output) =>
        new(new Reference(ReferenceKind.Step, Names.Require(step, "a step"), Names.Require(output, "an output")));

    /// <summary>The job's value of one dimension of its matrix.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static Expression Matrix(string dimension) => new(new Reference(ReferenceKind.Matrix, Names.Require(dimension, "a dimension")));

    /// <summary>Whether the value is this text; case does not count, as GitHub compares.</summary>
    public Expression Is(string text) => new($"{Atom} == {Literal(text)}", isAtom: false, References);

    /// <summary>Whether the value is not this text; case does not count, as GitHub compares.</summary>
    public Expression IsNot(string text) => new($"{Atom} != {Literal(text)}", isAtom: false, References);

    /// <summary>Both.</summary>
    public Expression And(Expression other) => Join("&&", other);

    /// <summary>The first that is neither empty nor false.</summary>
    public Expression Or(Expression other) => Join("||", other);

    /// <summary>This, or a text where it is empty.</summary>
    public Expression Or(string text) => new($"{Atom} || {Literal(text)}", isAtom: false, References);

    /// <inheritdoc />
    public override string ToString() => $"${{{{ {Text} }}}}";

    private Expression Join(string word, Expression other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new($"{Atom} {word} {other.Atom}", isAtom: false, [.. References, .. other.References]);
    }

    private string Atom => isAtom ? Text : $"({Text})";

    private static string Literal(string text) => Names.IsOneLine(text)
        ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
        : throw new ArgumentException($"'{text}' has control characters in it; compare with a text on one line", nameof(text));
}
