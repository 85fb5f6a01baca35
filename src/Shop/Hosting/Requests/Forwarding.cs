using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Shop.Hosting.Requests;

/// <summary>What the edge says of the customer is believed from this machine and from the addresses it is known to have, and only its own word: the last one in the list.</summary>
internal static class Forwarding
{
    public static ForwardedHeadersOptions From(IReadOnlyList<IPAddress> proxies)
    {
        // The loopback addresses are known proxies from the beginning.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = 1,
            RequireHeaderSymmetry = false,
        };
        foreach (var proxy in proxies)
            options.KnownProxies.Add(proxy);
        return options;
    }
}
