using Shop.Accounts;
using Shop.Configuration;
using Shop.Database;

namespace Shop.Hosting.Background;

/// <summary>Makes sure that the account of the smoke checks exists, as soon as the migrations do.</summary>
internal sealed class SmokeAccount(
    AccountStore accounts, MigrationCheck migrations, Readiness readiness, ShopSettings settings, Patience patience) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await patience.RepeatAsync(Round, "making the smoke account", EnsureAsync, done.Token);

        async Task<MoreToDo> EnsureAsync(CancellationToken cancellation)
        {
            if (await migrations.MissingAsync(cancellation) is { Count: > 0 })
                return MoreToDo.No;
            await accounts.EnsureSmokeAccountAsync(settings.SmokeUser, settings.SmokePassword, cancellation);
            readiness.SmokeAccountExists();
            await done.CancelAsync();
            return MoreToDo.No;
        }
    }
}
