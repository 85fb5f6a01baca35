using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Budgets;

/// <summary>How large an artifact is beside what it may be, and what grew since the last release.</summary>
/// <param name="Digest">The artifact.</param>
/// <param name="ComparedWith">The last release; null when there is none.</param>
/// <param name="Budgets">The parts that have a budget.</param>
/// <param name="Files">The files that grew or came since the last release, those that grew most first; at most 10, none without a release to compare with.</param>
public sealed record SizeReport(Digest Digest, ArtifactName? ComparedWith, IReadOnlyList<SizeRow> Budgets, IReadOnlyList<SizeRow> Files)
{
    private const int ShownFiles = 10;

    /// <summary>Measures an artifact.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="digest">The artifact.</param>
    /// <param name="budgets">How large its parts may be.</param>
    /// <param name="last">The last release; null when there is none to compare with.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DeliveryException">One of the two artifacts is missing or damaged.</exception>
    public static async Task<SizeReport> MeasureAsync(
        ArtifactStore store, Digest digest, IReadOnlyList<SizeBudget> budgets, ArtifactName? last, CancellationToken cancellation)
    {
        var now = await store.MeasureAsync(digest, cancellation);
        var before = last is null ? null : await store.MeasureAsync(last.Digest, cancellation);
        return new SizeReport(
            digest, last,
            [.. budgets.Select(budget => new SizeRow(budget.Name, budget.Measure(now), budget.Limit, IsComparable(budget) ? budget.Measure(before!) : null))],
            before is null ? [] : [.. Grown(now, before).OrderByDescending(row => row.Growth).ThenBy(row => row.Name, StringComparer.Ordinal).Take(ShownFiles)]);

        // A whole image upon a base beside one without says nothing of either.
        bool IsComparable(SizeBudget budget) => before is not null && (budget.Scope != BudgetScope.Image || before.HasBase == now.HasBase);
    }

    /// <summary>Nothing, when every part is within its budget.</summary>
    /// <exception cref="DeliveryException">Parts are too large: all of them, in a table that tells what grew.</exception>
    public void Require()
    {
        var exceeded = Budgets.Where(row => row.IsExceeded).Select(row => row.Name).ToArray();
        if (exceeded.Length > 0)
            throw new DeliveryException(
                $"artifact {Digest} is larger than its budget allows ({string.Join(", ", exceeded)}); make it smaller, or raise the budget in a reviewed change:\n{SizeTable.Render(this)}");
    }

    /// <inheritdoc />
    public override string ToString() => SizeTable.Render(this);

    private static IEnumerable<SizeRow> Grown(ArtifactSizes now, ArtifactSizes before) =>
        now.Files.Select(file => new SizeRow(file.Key, file.Value, Limit: null, before.Files.GetValueOrDefault(file.Key))).Where(row => row.Growth > 0);
}
