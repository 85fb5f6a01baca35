namespace Pipeline.GitHub.Workflows;

/// <summary>The contexts that an expression can read: https://docs.github.com/actions/reference/workflows-and-actions/contexts.</summary>
internal enum ReferenceKind
{
    GitHub,
    Secret,
    Variable,
    Input,
    Need,
    Step,
    Matrix,
    Status,
}
