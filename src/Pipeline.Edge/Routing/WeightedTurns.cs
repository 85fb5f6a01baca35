namespace Pipeline.Edge.Routing;

/// <summary>
/// Splits requests by weight without cookies: a fixed order of turns in which every weight has its exact share and is spread as evenly as can be
/// (smooth weighted round robin).
/// </summary>
internal sealed class WeightedTurns
{
    private readonly byte[] order;

    public WeightedTurns(IReadOnlyList<int> weights)
    {
        var divisor = weights.Aggregate(0, Gcd);
        order = divisor == 0 ? [] : Order([.. weights.Select(weight => weight / divisor)]);
    }

    /// <summary>Whose turn the request of this number is; null when no weight is above 0.</summary>
    public int? Of(uint request) => order.Length == 0 ? null : order[request % (uint)order.Length];

    private static byte[] Order(int[] weights)
    {
        var total = weights.Sum();
        var credit = new int[weights.Length];
        var turns = new byte[total];
        for (var turn = 0; turn < total; turn++)
        {
            for (var index = 0; index < weights.Length; index++)
                credit[index] += weights[index];
            var next = Array.IndexOf(credit, credit.Max());
            credit[next] -= total;
            turns[turn] = (byte)next;
        }
        return turns;
    }

    private static int Gcd(int left, int right) => right == 0 ? left : Gcd(right, left % right);
}
