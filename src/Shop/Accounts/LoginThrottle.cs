using Shop.Database;

namespace Shop.Accounts;

/// <summary>
/// Counts failed logins in the database, so that all instances count together. Ten failures from one address, or a hundred from
/// everywhere, close an account's login for the rest of five minutes. The narrower count keeps a stranger from locking a customer
/// out; the wider one stops a guess that comes from many addresses. Unknown accounts are counted alike.
/// </summary>
internal sealed class LoginThrottle(ShopDatabase database)
{
    private const int FailuresFromOneAddress = 10;
    private const int FailuresFromEverywhere = 100;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <returns>How long until the next try is allowed; <see langword="null"/> when it is allowed now.</returns>
    public async Task<TimeSpan?> ClosedForAsync(string email, string address, CancellationToken cancellation)
    {
        var rest = await database.ReadOneAsync(
            """
            SELECT max(extract(epoch FROM window_start + $3 - now()))::float8 FROM login_failures
            WHERE window_start > now() - $3 AND ((subject = $1 AND failures >= $4) OR (subject = $2 AND failures >= $5))
            """,
            row => new Rest(row.IsDBNull(0) ? null : row.GetDouble(0)),
            cancellation, Narrow(email, address), Wide(email), Window, FailuresFromOneAddress, FailuresFromEverywhere);
        return rest?.Seconds is { } seconds ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : null;
    }

    public Task CountFailureAsync(string email, string address, CancellationToken cancellation) =>
        database.ExecuteAsync(
            """
            INSERT INTO login_failures AS known (subject, failures, window_start) SELECT s, 1, now() FROM unnest($1) AS s ORDER BY s
            ON CONFLICT (subject) DO UPDATE SET
              failures = CASE WHEN known.window_start > now() - $2 THEN known.failures + 1 ELSE 1 END,
              window_start = CASE WHEN known.window_start > now() - $2 THEN known.window_start ELSE now() END
            """,
            cancellation, new[] { Narrow(email, address), Wide(email) }, Window);

    public Task ForgetAsync(string email, string address, CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM login_failures WHERE subject = $1", cancellation, Narrow(email, address));

    public Task ForgetOldAsync(CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM login_failures WHERE window_start < now() - $1", cancellation, Window);

    private static string Wide(string email) => email.ToLowerInvariant();

    private static string Narrow(string email, string address) => $"{Wide(email)} {address}";

    private sealed record Rest(double? Seconds);
}
