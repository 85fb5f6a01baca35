using System.Globalization;
using System.Security.Cryptography;
using Pipeline.Artifacts.Systems;

namespace Pipeline.Images.Recipes;

/// <summary>A published .NET program on the image with the runtime: what an environment needs beside the application, such as its edge.</summary>
/// <param name="Name">The name of the image.</param>
/// <param name="Directory">The folder of the published program.</param>
/// <param name="Assembly">Its assembly: <c>Pipeline.Edge.dll</c>.</param>
public sealed record ProgramRecipe(string Name, string Directory, string Assembly) : IImageRecipe
{
    /// <inheritdoc />
    public IImageRecipe? Below { get; init; } = new DotNetRecipe();

    /// <inheritdoc />
    public IReadOnlyList<string> Inputs => [Assembly, .. Files().Select(file => string.Create(CultureInfo.InvariantCulture, $"{file} {Checksum(file)}"))];

    /// <inheritdoc />
    public IReadOnlyList<string> Faults() => File.Exists(Path.Combine(Directory, Assembly))
        ? []
        : [$"{Path.Combine(Directory, Assembly)} is not there; publish the program first"];

    /// <inheritdoc />
    public async Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var below = work.Below ?? throw new ArgumentException("a program needs the image of its runtime below it", nameof(work));
        var runtime = await below.Store.VerifyAsync(below.Digest, cancellation);
        return new()
        {
            Title = Name,
            Version = "1",
            // The runtime's: what a program is made of has no time of its own that two machines would agree on.
            Created = runtime.Created,
            Layers = [new(Directory, "/app")],
            Entrypoint = ["dotnet", $"/app/{Assembly}"],
            WorkingDirectory = "/app",
            User = "1654",
        };
    }

    private IEnumerable<string> Files() => System.IO.Directory.Exists(Directory)
        ? System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Directory, file)).Order(StringComparer.Ordinal)
        : [];

    private string Checksum(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Directory, file));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
