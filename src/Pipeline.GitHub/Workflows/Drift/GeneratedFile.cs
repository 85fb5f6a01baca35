namespace Pipeline.GitHub.Workflows;

/// <summary>A file that is generated.</summary>
/// <param name="Name">Its name within <c>.github/workflows</c>.</param>
/// <param name="Text">Its whole content.</param>
public sealed record GeneratedFile(string Name, string Text);
