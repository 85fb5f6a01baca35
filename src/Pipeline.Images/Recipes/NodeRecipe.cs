using Pipeline.Artifacts.Systems;
using Pipeline.Images.Debian;

namespace Pipeline.Images.Recipes;

/// <summary>Debian with its Node.js, as the FROM of Dockerfiles on a site that reaches no registry.</summary>
public sealed record NodeRecipe : IImageRecipe
{
    /// <inheritdoc />
    public string Name { get; init; } = "node";

    /// <inheritdoc />
    public IImageRecipe? Below => Debian;

    /// <summary>The Debian that it is installed into.</summary>
    public DebianRecipe Debian { get; init; } = new();

    /// <summary>Packages of Debian; default Node.js alone.</summary>
    public IReadOnlyList<string> Packages { get; init; } = ["nodejs"];

    /// <inheritdoc />
    public IReadOnlyList<string> Inputs => [string.Join(' ', Packages), RootCleaning.Script];

    /// <inheritdoc />
    public IReadOnlyList<string> Faults() => Debian.Faults();

    /// <inheritdoc />
    public async Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (systems, created) = await DebianAddition.InstallAsync(this, Debian.Suite, work, "", Packages, "", cancellation);
        return new()
        {
            Title = $"Node.js of Debian {Debian.Suite}",
            Version = Debian.Suite,
            Created = created,
            Systems = systems,
            Command = ["node"],
        };
    }
}
