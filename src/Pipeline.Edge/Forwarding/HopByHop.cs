using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Pipeline.Edge.Forwarding;

/// <summary>
/// Removes what belongs to one connection only: the fields that YARP leaves and those that <c>Connection</c> names (RFC 9110, 7.6.1).
/// </summary>
internal static class HopByHop
{
    public static void Remove(IHeaderDictionary received, HttpRequestMessage sent)
    {
        foreach (var name in Nominated(received.Connection))
        {
            sent.Headers.Remove(name);
            sent.Content?.Headers.Remove(name);
        }
        foreach (var name in EdgeHeaders.HopByHop)
        {
            if (received.ContainsKey(name))
                sent.Headers.Remove(name);
        }
        if (received.ContainsKey(EdgeHeaders.Release))
            sent.Headers.Remove(EdgeHeaders.Release);
        if (received.ContainsKey(EdgeHeaders.Backend))
            sent.Headers.Remove(EdgeHeaders.Backend);
    }

    public static void Remove(HttpResponseMessage received, IHeaderDictionary sent)
    {
        if (received.Headers.NonValidated.TryGetValues("Connection", out var connection))
        {
            foreach (var name in Nominated(new StringValues([.. connection])))
                sent.Remove(name);
        }
        foreach (var name in EdgeHeaders.HopByHop)
            sent.Remove(name);
    }

    private static IEnumerable<string> Nominated(StringValues connection)
    {
        if (connection.Count == 0 || (connection.Count == 1 && IsPlain(connection[0])))
            return [];
        return connection.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(name => !IsPlain(name) && !IsNeeded(name));
    }

    private static bool IsPlain(string? option) =>
        option is null || option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
        || option.Equals("close", StringComparison.OrdinalIgnoreCase) || option.Equals("upgrade", StringComparison.OrdinalIgnoreCase);

    // A client must not be able to take from a request what says where it goes and how long it is.
    private static bool IsNeeded(string name) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || name.Any(character => !char.IsAsciiLetterOrDigit(character) && !"!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
