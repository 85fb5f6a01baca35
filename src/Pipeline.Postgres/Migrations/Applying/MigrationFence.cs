using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>Keeps a run out that lost its lock to a newer one.</summary>
internal static class MigrationFence
{
    /// <exception cref="DeliveryException">A newer run has been here.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, FencingToken token, string name, CancellationToken cancellation)
    {
        var latest = await MigrationTable.FenceAsync(connection, token, cancellation);
        if (token < latest)
            throw new DeliveryException(
                $"{name}: a change with fencing token {token.Value} is refused, because a run with token {latest.Value} has migrated since; run again");
    }
}
