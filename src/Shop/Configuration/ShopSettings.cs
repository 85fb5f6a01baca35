using System.Net;

namespace Shop.Configuration;

/// <summary>What the environment variables say, checked whole before anything starts.</summary>
internal sealed record ShopSettings
{
    public required string ConnectionString { get; init; }
    public required IPEndPoint Listen { get; init; }
    public required IReadOnlyList<IPAddress> TrustedProxies { get; init; }
    public required ShopEnvironment Environment { get; init; }
    public required Uri PublicUrl { get; init; }
    public required string SmtpHost { get; init; }
    public required int SmtpPort { get; init; }
    public required string MailFrom { get; init; }
    public required Uri PaymentUrl { get; init; }
    public required string PaymentKey { get; init; }
    public required string SmokePaymentKey { get; init; }
    public required string SmokeUser { get; init; }
    public required string SmokePassword { get; init; }
    public required TimeSpan DrainDelay { get; init; }
    public required BuildIdentity Build { get; init; }
}
