namespace Pipeline.GitHub.Workflows.Writing;

/// <summary>How GitHub spells what enumerations call by other names.</summary>
internal static class Words
{
    public static string Of(PermissionScope scope) => scope switch
    {
        PermissionScope.IdToken => "id-token",
        PermissionScope.PullRequests => "pull-requests",
        PermissionScope.SecurityEvents => "security-events",
        _ => scope.ToString().ToLowerInvariant(),
    };
}
