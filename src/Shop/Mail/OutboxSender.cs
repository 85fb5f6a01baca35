using Shop.Hosting.Background;
using Shop.Metrics;

namespace Shop.Mail;

/// <summary>Sends what is in the outbox; once more at the end, so that a stopping instance leaves as little behind as it can.</summary>
internal sealed class OutboxSender(Outbox outbox, SmtpSender smtp, ShopMetrics metrics, Patience patience, ILogger<OutboxSender> log)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(3);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastRound);
        try
        {
            while (await SendOneAsync(limit.Token) == MoreToDo.Yes)
                continue;
        }
#pragma warning disable CA1031 // The process ends here: what is left stays in the outbox for the next instance.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("mail may be left in the outbox for the next instance: {Reason}", failure.Message);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // A mail under way is not torn off: the server may have taken it, and the next sender would send it again.
        patience.RepeatAsync(Round, "sending mail", _ => SendOneAsync(CancellationToken.None), stoppingToken);

    private async Task<MoreToDo> SendOneAsync(CancellationToken cancellation)
    {
        var attempt = await outbox.SendOneAsync(smtp.SendAsync, cancellation);
        if (attempt is null)
        {
            metrics.OutboxPending(await outbox.CountPendingAsync(cancellation));
            return MoreToDo.No;
        }
        if (attempt.Failure is null)
            log.LogInformation("sent {MessageId}", attempt.Mail.MessageId);
        else
            log.LogWarning("could not send {MessageId}: {Reason}", attempt.Mail.MessageId, attempt.Failure);
        return MoreToDo.Yes;
    }
}
