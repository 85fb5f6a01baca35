using Shop.Database;

namespace Shop.Mail;

/// <summary>The table <c>outbox</c>.</summary>
internal sealed class Outbox(ShopDatabase database)
{
    public static Task AddAsync(ShopTransaction transaction, OutgoingMail mail) =>
        transaction.ExecuteAsync(
            "INSERT INTO outbox (message_id, recipient, subject, body) VALUES ($1, $2, $3, $4) ON CONFLICT (message_id) DO NOTHING",
            mail.MessageId, mail.Recipient, mail.Subject, mail.Body);

    /// <summary>
    /// Takes one mail that is due and holds it while it is sent, so that no other instance sends it too; an instance that dies lets go.
    /// </summary>
    /// <param name="send">Sends it; <see langword="null"/> when it was sent, else the reason why not.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How it went; <see langword="null"/> when no mail is due.</returns>
    public Task<MailAttempt?> SendOneAsync(Func<OutgoingMail, CancellationToken, Task<string?>> send, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var due = await transaction.ReadOneAsync(
                    """
                    SELECT id, message_id, recipient, subject, body, attempts FROM outbox
                    WHERE sent_at IS NULL AND abandoned_at IS NULL AND next_attempt_at <= now()
                    ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
                    """,
                    row => new Due(
                        row.GetInt64(0), new OutgoingMail(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)), row.GetInt32(5)));
                if (due is null)
                    return null;
                var failure = await send(due.Mail, transaction.Cancellation);
                await (failure is null ? SentAsync(transaction, due) : FailedAsync(transaction, due, failure));
                return new MailAttempt(due.Mail, failure);
            },
            cancellation);

    public async Task<long> CountPendingAsync(CancellationToken cancellation) =>
        (await database.ReadAsync(
            "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND abandoned_at IS NULL", row => row.GetInt64(0), cancellation))[0];

    private static Task<int> SentAsync(ShopTransaction transaction, Due due) =>
        transaction.ExecuteAsync(
            "UPDATE outbox SET sent_at = now(), attempts = attempts + 1, last_error = NULL WHERE id = $1", due.Id);

    // A second, two, four … an hour at most; after a hundred attempts, which is about four days, a mail server would give up as well.
    private static Task<int> FailedAsync(ShopTransaction transaction, Due due, string failure) =>
        transaction.ExecuteAsync(
            """
            UPDATE outbox SET attempts = attempts + 1, last_error = $2,
              next_attempt_at = now() + least(interval '1 second' * power(2, least(attempts, 12)), interval '1 hour'),
              abandoned_at = CASE WHEN attempts >= 99 THEN now() END
            WHERE id = $1
            """,
            due.Id, failure);

    private sealed record Due(long Id, OutgoingMail Mail, int Attempts);
}

/// <param name="Mail">What was tried.</param>
/// <param name="Failure">Why it was not sent; <see langword="null"/> when it was.</param>
internal sealed record MailAttempt(OutgoingMail Mail, string? Failure);
