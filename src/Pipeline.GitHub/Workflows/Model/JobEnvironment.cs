namespace Pipeline.GitHub.Workflows;

/// <summary>An environment of the repository: https://docs.github.com/actions/concepts/workflows-and-actions/deployment-environments.</summary>
/// <param name="Name">Its name in the repository's settings.</param>
/// <param name="Url">
/// Where users find what the job deploys. Null where GitHub makes no deployment of its own for the job, which tells of it itself or deploys nothing: its protection,
/// variables and secrets hold all the same, but no protection by GitHub Apps:
/// https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/control-deployments#using-environments-without-deployments.
/// </param>
public sealed record JobEnvironment(Template Name, Template? Url);
