using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;

namespace Build.Environments;

/// <summary>What an environment of the Shop stands on: its PostgreSQL and its sandbox.</summary>
public sealed class ShopFoundation(IDatabaseServer database, Sandbox sandbox) : IFoundation
{
    private (PostgresServer Server, SandboxAddresses Sandbox)? found;

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        try
        {
            var (server, addresses) = (database.EnsureRunningAsync(cancellation), sandbox.EnsureRunningAsync(cancellation));
            found = (await server, await addresses);
        }
        catch (SupervisionException fault)
        {
            throw new DeliveryException(fault.Message, fault);
        }
    }

    /// <summary>The database, as it was found up; what is wrong with it since then, its first user says.</summary>
    public async Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => (await FindAsync(cancellation)).Server;

    /// <summary>The settings that tell an instance where these are.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation)
    {
        var (server, addresses) = await FindAsync(cancellation);
        return new Dictionary<string, string>
        {
            ["DATABASE_URL"] = server.Url,
            ["SHOP_SMTP_HOST"] = "127.0.0.1",
            ["SHOP_SMTP_PORT"] = $"{addresses.SmtpPort}",
            ["SHOP_PAYMENT_URL"] = $"http://127.0.0.1:{addresses.HttpPort}",
        };
    }

    private async Task<(PostgresServer Server, SandboxAddresses Sandbox)> FindAsync(CancellationToken cancellation)
    {
        if (found is null)
            await EnsureAsync(cancellation);
        return found!.Value;
    }
}
