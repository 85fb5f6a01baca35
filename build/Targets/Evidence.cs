namespace Build.Targets;

/// <summary>What a check hands on: that it passed, in a line that the ledger keeps with the release.</summary>
public sealed record Evidence(string Summary);
