using Npgsql;
using Shop.Database;

namespace Shop.Accounts;

/// <summary>The table <c>accounts</c>.</summary>
internal sealed class AccountStore(ShopDatabase database)
{
    /// <returns>The new account, or <see langword="null"/> when the address has one already.</returns>
    public async Task<Account?> RegisterAsync(string email, string password, CancellationToken cancellation)
    {
        var hash = await PasswordHash.CreateAsync(password, cancellation);
        return await database.ReadOneAsync(
            "INSERT INTO accounts (email, password_hash) VALUES ($1, $2) ON CONFLICT (lower(email)) DO NOTHING RETURNING id, email, is_smoke",
            ToAccount, cancellation, email, hash);
    }

    /// <returns>The account, or <see langword="null"/> when address or password is wrong; which of the two, not even the clock tells.</returns>
    public async Task<Account?> VerifyAsync(string email, string password, CancellationToken cancellation)
    {
        var found = await FindAsync(email, cancellation);
        if (!await PasswordHash.VerifyAsync(found?.Hash, password, cancellation))
            return null;
        if (PasswordHash.IsOutdated(found!.Hash))
            await SetPasswordAsync(found.Account.Id, password, cancellation);
        return found.Account;
    }

    /// <summary>Makes sure that the smoke checks can log in, whatever password their account had before.</summary>
    public async Task EnsureSmokeAccountAsync(string email, string password, CancellationToken cancellation)
    {
        var found = await FindAsync(email, cancellation);
        if (found is { Account.IsSmoke: true } && await PasswordHash.VerifyAsync(found.Hash, password, cancellation))
            return;
        var hash = await PasswordHash.CreateAsync(password, cancellation);
        await database.ExecuteAsync(
            """
            INSERT INTO accounts (email, password_hash, is_smoke) VALUES ($1, $2, true)
            ON CONFLICT (lower(email)) DO UPDATE SET password_hash = excluded.password_hash, is_smoke = true
            """,
            cancellation, email, hash);
    }

    private async Task SetPasswordAsync(long account, string password, CancellationToken cancellation)
    {
        var hash = await PasswordHash.CreateAsync(password, cancellation);
        await database.ExecuteAsync("UPDATE accounts SET password_hash = $2 WHERE id = $1", cancellation, account, hash);
    }

    private Task<Known?> FindAsync(string email, CancellationToken cancellation) =>
        database.ReadOneAsync(
            "SELECT id, email, is_smoke, password_hash FROM accounts WHERE lower(email) = lower($1)",
            row => new Known(ToAccount(row), row.GetString(3)), cancellation, email);

    private static Account ToAccount(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetBoolean(2));

    private sealed record Known(Account Account, string Hash);
}
