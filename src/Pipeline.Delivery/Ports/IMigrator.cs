using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Ports;

/// <summary>Brings the environment's database to what a release needs.</summary>
public interface IMigrator
{
    /// <summary>What is applied, what is missing and what is wrong, without changing anything.</summary>
    Task<MigrationStatus> ObserveAsync(Release release, CancellationToken cancellation);

    /// <summary>Applies what is missing. Running it again goes on where it stopped.</summary>
    /// <returns>The ids of the migrations applied now.</returns>
    /// <exception cref="DeliveryException">A migration failed or was edited after it was applied.</exception>
    Task<IReadOnlyList<string>> ApplyAsync(Release release, FencingToken token, CancellationToken cancellation);
}

/// <summary>A database compared with a release.</summary>
/// <param name="Pending">Migrations of the release that are not applied yet.</param>
/// <param name="Beyond">Migrations applied that the release does not know: a newer release put them there.</param>
/// <param name="Faults">What stands against applying: edited files, gaps in the order.</param>
public sealed record MigrationStatus(IReadOnlyList<Migration> Pending, IReadOnlyList<Migration> Beyond, IReadOnlyList<string> Faults);
