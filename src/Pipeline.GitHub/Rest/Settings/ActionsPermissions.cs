namespace Pipeline.GitHub.Rest;

/// <summary>Which workflows may run in a repository.</summary>
/// <param name="Enabled">Whether any does.</param>
/// <param name="AllowedActions">The actions that they may use: <c>all</c>, <c>local_only</c> or <c>selected</c>; null where none runs.</param>
public sealed record ActionsPermissions(bool Enabled, string? AllowedActions = null);
