using System.Buffers;

namespace Pipeline.Edge.Routing;

/// <summary>Finds everything that is wrong with routes, before any of them is used.</summary>
internal static class RouteValidation
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static IReadOnlyList<string> Faults(RouteDocument routes)
    {
        if (routes.Backends is null)
            return ["routes: backends is missing; send [] for an edge without any"];
        var faults = new List<string>();
        if (routes.Fence < 0)
            faults.Add($"routes: fence is {routes.Fence}; it is a fencing token, 0 or above");
        foreach (var twice in routes.Backends.GroupBy(backend => backend.Colour).Where(group => group.Count() > 1))
            faults.Add($"backend {twice.Key}: given {twice.Count()} times; give each colour once");
        foreach (var backend in routes.Backends)
            faults.AddRange(Faults(backend));
        var sum = routes.Backends.Sum(backend => (long)backend.Weight);
        if (sum is not (0 or 100))
            faults.Add($"routes: the weights add up to {sum}; they must add up to 100, or to 0 when nothing is routed");
        return faults;
    }

    private static IEnumerable<string> Faults(BackendDocument backend)
    {
        if (backend.Colour is not ("blue" or "green"))
            yield return $"backend '{backend.Colour}': no such colour; write blue or green";
        if (!IsDigest(backend.Digest))
            yield return $"backend {backend.Colour}: digest is '{backend.Digest}'; write sha256: and 64 lower-case hexadecimal digits";
        if (backend.Weight is < 0 or > 100)
            yield return $"backend {backend.Colour}: weight is {backend.Weight}; it is 0 to 100";
        var destinations = backend.Destinations ?? [];
        if (backend.Weight > 0 && destinations.Count == 0)
            yield return $"backend {backend.Colour}: weight is {backend.Weight} but there is no destination; add one or set the weight to 0";
        foreach (var destination in destinations)
        {
            if (string.IsNullOrWhiteSpace(destination.Instance))
                yield return $"backend {backend.Colour}: the destination {destination.Address} has no instance id; name it";
            if (!IsOrigin(destination.Address))
                yield return $"backend {backend.Colour}: the address of {destination.Instance} is '{destination.Address}'; write scheme, host and port: http://127.0.0.1:41234";
        }
        foreach (var twice in destinations.GroupBy(destination => destination.Instance).Where(group => group.Count() > 1))
            yield return $"backend {backend.Colour}: instance {twice.Key} is given {twice.Count()} times; give each once";
    }

    private static bool IsDigest(string? text) =>
        text is { Length: 71 } && text.StartsWith("sha256:", StringComparison.Ordinal) && text.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0;

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
}
