using Pipeline.Applications.Stages;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;

namespace Build.Environments.Stages.Processes;

/// <summary>PostgreSQL and sandbox as supervised processes of this machine, or a database that somebody else runs.</summary>
public sealed class ProcessFoundation(IDatabaseServer database, Sandbox sandbox) : IStageFoundation
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

    public async Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => (await FindAsync(cancellation)).Server;

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
