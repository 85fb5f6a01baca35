using Pipeline.Artifacts.Budgets;

namespace Build.Budgets;

/// <summary>How large the Shop may be. Raising a number is a change that somebody reviews.</summary>
public static class ShopBudgets
{
    private const long Kilobyte = 1000;
    private const long Megabyte = 1000 * Kilobyte;

    public static IReadOnlyList<SizeBudget> All { get; } =
    [
        // With a base below it, Debian and the .NET runtime count too.
        SizeBudget.Image(400 * Megabyte),
        SizeBudget.Application(3 * Megabyte),
        SizeBudget.Bundle("the Shop itself, its pages and pictures in it", "app/Shop.dll", 600 * Kilobyte),
        SizeBudget.Bundle("all assemblies", "app/*.dll", 2500 * Kilobyte),
        SizeBudget.Bundle("migrations", "app/migrations/**", 100 * Kilobyte),
    ];
}
