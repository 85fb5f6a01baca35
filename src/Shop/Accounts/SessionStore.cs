using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Shop.Database;

namespace Shop.Accounts;

/// <summary>The table <c>sessions</c>: any instance of any release answers for a session that another one began.</summary>
internal sealed class SessionStore(ShopDatabase database)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);
    private const int TokenBytes = 32;
    private const int TokenCharacters = 43;

    public async Task<Session> BeginAsync(Account? account, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var hash = HashOf(token);
        await database.ExecuteAsync(
            "INSERT INTO sessions (token_hash, account_id, expires_at) VALUES ($1, $2, now() + $3)",
            cancellation, hash, account is null ? DBNull.Value : account.Id, Lifetime);
        return new Session(token, hash, account);
    }

    public async Task<Session?> FindAsync(string token, CancellationToken cancellation)
    {
        if (token.Length != TokenCharacters)
            return null;
        var hash = HashOf(token);
        return await database.ReadOneAsync(
            """
            SELECT a.id, a.email, a.is_smoke FROM sessions s LEFT JOIN accounts a ON a.id = s.account_id
            WHERE s.token_hash = $1 AND s.expires_at > now()
            """,
            row => new Session(token, hash, row.IsDBNull(0) ? null : new Account(row.GetInt64(0), row.GetString(1), row.GetBoolean(2))),
            cancellation, hash);
    }

    public Task EndAsync(Session session, CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM sessions WHERE token_hash = $1", cancellation, session.TokenHash);

    public Task EndExpiredAsync(CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM sessions WHERE expires_at <= now()", cancellation);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
