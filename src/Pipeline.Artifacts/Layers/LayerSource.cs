namespace Pipeline.Artifacts;

/// <summary>A folder whose files become one layer of an image.</summary>
/// <param name="Directory">The folder on this machine. Its files may be regular files and folders only: a link is refused by name.</param>
/// <param name="Target">Where its content lies in the image: an absolute path such as <c>/app</c>.</param>
public sealed record LayerSource(string Directory, string Target);
