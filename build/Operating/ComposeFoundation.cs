using Pipeline.Applications.Stages;
using Pipeline.Containers.Composing;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Connections;

namespace Build.Operating;

/// <summary>What an exported environment stands on: services of the same compose project.</summary>
public sealed class ComposeFoundation(EnvironmentScope scope, PostgresServer database) : IStageFoundation
{
    public Task EnsureAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => Task.FromResult(database);

    public Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            ["SHOP_LISTEN_HOST"] = "0.0.0.0",
            ["SHOP_TRUSTED_PROXIES"] = ComposeAddresses.EdgeOf(scope),
            ["DATABASE_URL"] = database.Url,
            ["SHOP_SMTP_HOST"] = ComposeAddresses.SandboxPlaces.MailHost,
            ["SHOP_SMTP_PORT"] = $"{ComposeAddresses.SandboxPlaces.MailPort}",
            ["SHOP_PAYMENT_URL"] = ComposeAddresses.SandboxPlaces.Payments.GetLeftPart(UriPartial.Authority),
        });
}
