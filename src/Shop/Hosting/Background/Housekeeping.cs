using Shop.Accounts;

namespace Shop.Hosting.Background;

/// <summary>Forgets what has run out: sessions with their carts, and old login failures.</summary>
internal sealed class Housekeeping(SessionStore sessions, LoginThrottle throttle, Patience patience) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        patience.RepeatAsync(Round, "forgetting old sessions", TidyAsync, stoppingToken);

    private async Task<MoreToDo> TidyAsync(CancellationToken cancellation)
    {
        await sessions.EndExpiredAsync(cancellation);
        await throttle.ForgetOldAsync(cancellation);
        return MoreToDo.No;
    }
}
