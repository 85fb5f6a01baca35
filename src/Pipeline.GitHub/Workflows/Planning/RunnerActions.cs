namespace Pipeline.GitHub.Workflows;

/// <summary>The actions that every job is made of.</summary>
/// <param name="Checkout"><c>actions/checkout</c>.</param>
/// <param name="SetupDotnet"><c>actions/setup-dotnet</c>.</param>
/// <param name="UploadArtifact"><c>actions/upload-artifact</c>.</param>
/// <param name="DownloadArtifact"><c>actions/download-artifact</c>.</param>
public sealed record RunnerActions(ActionPin Checkout, ActionPin SetupDotnet, ActionPin UploadArtifact, ActionPin DownloadArtifact);
