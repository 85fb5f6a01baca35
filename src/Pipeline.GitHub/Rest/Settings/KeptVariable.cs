namespace Pipeline.GitHub.Rest;

/// <summary>A variable in the settings.</summary>
/// <param name="Name">Its name, in capitals.</param>
/// <param name="Value">What it says.</param>
public sealed record KeptVariable(string Name, string Value);
