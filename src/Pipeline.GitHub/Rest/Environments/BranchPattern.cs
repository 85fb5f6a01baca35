namespace Pipeline.GitHub.Rest;

/// <summary>Branches or tags that may deploy to an environment.</summary>
/// <param name="Name">Their name; <c>*</c> stands for any characters but a slash.</param>
/// <param name="Id">Its number; null where GitHub does not say.</param>
/// <param name="Type"><c>branch</c> or <c>tag</c>; null where GitHub does not say, as of before 2023, which is a branch.</param>
public sealed record BranchPattern(string Name, long? Id = null, string? Type = null);
