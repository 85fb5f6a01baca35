namespace Pipeline.GitHub.Workflows;

/// <summary>What an expression reads.</summary>
/// <param name="Kind">The context.</param>
/// <param name="Owner">The name within it: of a secret, of an input, of the job or step whose output it is.</param>
/// <param name="Output">The name of the output of a job or step; else empty.</param>
internal sealed record Reference(ReferenceKind Kind, string Owner, string Output = "")
{
    public override string ToString() => Kind switch
    {
        ReferenceKind.GitHub => $"github.{Owner}",
        ReferenceKind.Secret => $"secrets.{Owner}",
        ReferenceKind.Variable => $"vars.{Owner}",
        ReferenceKind.Input => $"inputs.{Owner}",
        ReferenceKind.Need => $"needs.{Owner}.outputs.{Output}",
        ReferenceKind.Step => $"steps.{Owner}.outputs.{Output}",
        ReferenceKind.Matrix => $"matrix.{Owner}",
        _ => $"{Owner}()",
    };
}
