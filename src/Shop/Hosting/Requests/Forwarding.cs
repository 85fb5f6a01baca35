using Microsoft.AspNetCore.HttpOverrides;

namespace Shop.Hosting.Requests;

/// <summary>What the edge says of the customer is believed from this machine only, and only its own word: the last one in the list.</summary>
internal static class Forwarding
{
    public static ForwardedHeadersOptions FromLoopback() => new()
    {
        // Known proxies are the loopback addresses unless changed, which nobody does here.
        ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        ForwardLimit = 1,
        RequireHeaderSymmetry = false,
    };
}
