using Build.Budgets;
using Pipeline.Targets;

namespace Build.Delivering;

/// <summary>What several targets depend on.</summary>
internal static class ShopInputs
{
    /// <summary>All that a build of the Shop is made of.</summary>
    public static Inputs Shop(this Inputs inputs, ShopHouse house) => inputs
        .Files("src/Shop/**", "src/Pipeline.Configuration/**", "src/Pipeline.Applications/Sources/**", "src/Pipeline.Artifacts/**", "Directory.*", "global.json")
        .Value("commit", house.Sources.Commit)
        .Value("version", house.Sources.Version);

    /// <summary>How large it may be.</summary>
    public static Inputs Budgets(this Inputs inputs) =>
        inputs.Value("budgets", string.Join(", ", ShopBudgets.All.Select(budget => $"{budget.Name} {budget.Files} {budget.Limit}")));
}
