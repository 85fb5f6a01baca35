using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;

namespace Build.Environments;

/// <summary>What an environment of the Shop stands on: its PostgreSQL and its sandbox.</summary>
public sealed class ShopFoundation(IDatabaseServer database, Sandbox sandbox) : IFoundation
{
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(database.EnsureRunningAsync(cancellation), sandbox.EnsureRunningAsync(cancellation));
        }
        catch (SupervisionException fault)
        {
            throw new DeliveryException(fault.Message, fault);
        }
    }

    public Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => database.EnsureRunningAsync(cancellation);

    /// <summary>The settings that tell an instance where these are.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation)
    {
        var server = await DatabaseAsync(cancellation);
        var addresses = await sandbox.EnsureRunningAsync(cancellation);
        return new Dictionary<string, string>
        {
            ["DATABASE_URL"] = server.Url,
            ["SHOP_SMTP_HOST"] = "127.0.0.1",
            ["SHOP_SMTP_PORT"] = $"{addresses.SmtpPort}",
            ["SHOP_PAYMENT_URL"] = $"http://127.0.0.1:{addresses.HttpPort}",
        };
    }
}
