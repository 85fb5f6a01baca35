using System.Text.RegularExpressions;

namespace Pipeline.Artifacts.Budgets;

/// <summary>How large a part of an artifact may be.</summary>
public sealed record SizeBudget
{
    private readonly Regex? pattern;

    private SizeBudget(string name, long limit, BudgetScope scope, string? files)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        (Name, Limit, Scope, Files) = (name, limit, scope, files);
        pattern = files is null ? null : new Regex(Translate(files), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>What people call the part.</summary>
    public string Name { get; }

    /// <summary>The most bytes it may have; at least 1.</summary>
    public long Limit { get; }

    /// <summary>What is measured.</summary>
    public BudgetScope Scope { get; }

    /// <summary>Of a bundle, which files belong to it; null for the others.</summary>
    public string? Files { get; }

    /// <summary>The whole image: manifest, configuration and all layers as they lie in the store and travel to a registry.</summary>
    public static SizeBudget Image(long limit) => new("image", limit, BudgetScope.Image, files: null);

    /// <summary>The application's own layers, without those of its base.</summary>
    public static SizeBudget Application(long limit) => new("application layers", limit, BudgetScope.Application, files: null);

    /// <summary>Some files of the application together.</summary>
    /// <param name="name">What people call them: <c>web assets</c>.</param>
    /// <param name="files">Which they are, by their paths in the image without a slash at the beginning: <c>app/wwwroot/**</c>; <c>*</c> stays within a name.</param>
    /// <param name="limit">The most bytes they may have together, unpacked; at least 1.</param>
    public static SizeBudget Bundle(string name, string files, long limit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(files);
        return new(name, limit, BudgetScope.Bundle, files);
    }

    internal long Measure(ArtifactSizes sizes) => Scope switch
    {
        BudgetScope.Image => sizes.Image,
        BudgetScope.Application => sizes.Application,
        _ => sizes.Files.Where(file => pattern!.IsMatch(file.Key)).Sum(file => file.Value),
    };

    private static string Translate(string glob) =>
        $"\\A{Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal)}\\z";
}

/// <summary>What a budget measures.</summary>
public enum BudgetScope
{
    /// <summary>The whole image.</summary>
    Image,

    /// <summary>The application's own layers.</summary>
    Application,

    /// <summary>Some files of the application.</summary>
    Bundle,
}
