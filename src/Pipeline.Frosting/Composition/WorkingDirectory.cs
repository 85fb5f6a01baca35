using Cake.Core.IO;

namespace Cake.Frosting.Composition;

/// <summary>The directory the program asked for with <see cref="CakeHostExtensions.UseWorkingDirectory"/>.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
