namespace Pipeline.GitHub.Workflows;

/// <summary>An environment of the repository: https://docs.github.com/actions/concepts/workflows-and-actions/deployment-environments.</summary>
/// <param name="Name">Its name in the repository's settings.</param>
/// <param name="Url">Where users find it.</param>
public sealed record JobEnvironment(Template Name, Template Url);
