using Pipeline.Artifacts;

namespace Pipeline.Images;

/// <summary>What a recipe works with.</summary>
/// <param name="Folder">An empty folder of its own. It goes when the image is written.</param>
/// <param name="Below">The image that it stands upon; null when it stands alone.</param>
/// <param name="LogFile">Where the programs that it runs write their output.</param>
public sealed record RecipeWork(string Folder, BaseImage? Below, string LogFile);
