namespace Shop.Hosting;

internal static class Reading
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps an address that only tells something: GET, and HEAD as RFC 9110 asks of every server.</summary>
    public static void MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Methods, handler);
}
