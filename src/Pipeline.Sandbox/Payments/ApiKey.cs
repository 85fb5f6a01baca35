using Pipeline.Sandbox.Arguments;

namespace Pipeline.Sandbox.Payments;

/// <summary>Judges the key of a request (RFC 6750, bearer tokens). No answer repeats any of it.</summary>
internal static class ApiKey
{
    private const string Scheme = "Bearer ";

    /// <summary>Why the key is refused; null when it is accepted.</summary>
    public static GatewayError? Refuse(string? authorization, PaymentMode mode)
    {
        if (string.IsNullOrEmpty(authorization))
            return new GatewayError(StatusCodes.Status401Unauthorized, "key_missing", $"the request has no key; send Authorization: Bearer {Prefix(mode)}…");
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new GatewayError(StatusCodes.Status401Unauthorized, "key_malformed", $"the Authorization header is no bearer token; send Bearer {Prefix(mode)}…");
        var key = authorization[Scheme.Length..].Trim();
        var other = mode == PaymentMode.Test ? PaymentMode.Live : PaymentMode.Test;
        if (IsOf(key, mode))
            return null;
        return IsOf(key, other)
            ? new GatewayError(
                StatusCodes.Status403Forbidden, "key_of_wrong_mode",
                $"this gateway runs in {Name(mode)} mode and was sent a {Name(other)} key; use a key that begins with {Prefix(mode)}")
            : new GatewayError(StatusCodes.Status401Unauthorized, "key_unknown", $"the key is none of this gateway's; use a key that begins with {Prefix(mode)}");
    }

    private static bool IsOf(string key, PaymentMode mode) =>
        key.StartsWith(Prefix(mode), StringComparison.Ordinal) && key.Length > Prefix(mode).Length
        && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    private static string Prefix(PaymentMode mode) => $"{Name(mode)}_";

    private static string Name(PaymentMode mode) => mode == PaymentMode.Test ? "test" : "live";
}
