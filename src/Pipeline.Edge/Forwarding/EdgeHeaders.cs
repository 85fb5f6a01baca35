namespace Pipeline.Edge.Forwarding;

/// <summary>Header names that the edge has an opinion on.</summary>
internal static class EdgeHeaders
{
    public const string Release = "Pipeline-Release";
    public const string Backend = "Pipeline-Backend";
    public const string ForwardedFor = "X-Forwarded-For";
    public const string ForwardedProto = "X-Forwarded-Proto";
    public const string ForwardedHost = "X-Forwarded-Host";
    public const string Forwarded = "Forwarded";
    public const string Via = "Via";

    /// <summary>The edge's name in <c>Via</c> (RFC 9110, 7.6.3).</summary>
    public const string Pseudonym = "pipeline-edge";

    /// <summary>What only a trusted proxy may say of the way a request took.</summary>
    public static readonly string[] OnlyFromTrusted =
        [ForwardedFor, ForwardedProto, ForwardedHost, Forwarded, "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Real-IP"];

    /// <summary>Hop-by-hop fields that YARP hands on (RFC 9110, 7.6.1, and what older software still sends).</summary>
    public static readonly string[] HopByHop = ["Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "Proxy-Authentication-Info"];
}
