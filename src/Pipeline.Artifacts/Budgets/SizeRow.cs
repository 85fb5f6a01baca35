namespace Pipeline.Artifacts.Budgets;

/// <summary>One measured part of an artifact.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Limit">How large it may be; null for a single file, which has no budget of its own.</param>
/// <param name="Before">How large it was in the last release; null when there is none to compare with.</param>
public sealed record SizeRow(string Name, long Bytes, long? Limit, long? Before)
{
    /// <summary>Whether it is larger than it may be.</summary>
    public bool IsExceeded => Bytes > Limit;

    /// <summary>By how many bytes it grew since the last release; less than zero when it shrank, null when there is nothing to compare with.</summary>
    public long? Growth => Bytes - Before;
}
