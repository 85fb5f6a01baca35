namespace Shop.Web.Visits;

/// <summary>Where a request came from, as the edge tells.</summary>
internal static class ClientAddress
{
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
