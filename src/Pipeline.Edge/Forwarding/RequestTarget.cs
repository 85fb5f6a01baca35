namespace Pipeline.Edge.Forwarding;

/// <summary>The request target (RFC 9112, 3.2), handed on byte by byte as it was received.</summary>
internal static class RequestTarget
{
    /// <summary>Path and query of a target in origin form or absolute form.</summary>
    public static string Path(string target)
    {
        if (target.StartsWith('/'))
            return target;
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return target;
        var path = target.AsSpan(authority + 3).IndexOfAny('/', '?');
        if (path < 0)
            return "/";
        var rest = target[(authority + 3 + path)..];
        return rest.StartsWith('?') ? "/" + rest : rest;
    }
}
