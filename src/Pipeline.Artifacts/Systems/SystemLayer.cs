namespace Pipeline.Artifacts.Systems;

/// <summary>
/// The root folder of a system that becomes a layer as it is: owners, modes, links and further names of a file included, every time set to the image's.
/// What is in <c>dev</c>, <c>proc</c> and <c>sys</c> is the kernel's and stays out.
/// </summary>
/// <param name="Directory">The folder that stands for the image's <c>/</c>. Sockets and pipes in it are refused by name.</param>
/// <param name="Below">The root folder of what lies below: then only what differs from it becomes the layer, and what is missing is deleted in it; null for all.</param>
public sealed record SystemLayer(string Directory, string? Below = null);
