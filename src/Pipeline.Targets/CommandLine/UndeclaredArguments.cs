namespace Pipeline.Targets;

/// <summary>What happens to an option on the command line that is neither an option of the pipeline nor a declared parameter.</summary>
public enum UndeclaredArguments
{
    /// <summary>It is a fault with "did you mean", exit code 2. The default.</summary>
    Refused,

    /// <summary>It becomes a Cake argument, as in Cake.Frosting, for tasks that read it with <c>context.Argument</c>.</summary>
    ToCake,
}
