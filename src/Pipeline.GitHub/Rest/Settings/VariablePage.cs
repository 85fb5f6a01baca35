namespace Pipeline.GitHub.Rest;

/// <summary>A page of variables, wherever they are kept.</summary>
internal sealed record VariablePage(IReadOnlyList<KeptVariable> Variables);
