using Shop.Carts;
using Shop.Metrics;

namespace Shop.Accounts;

/// <summary>Lets customers in and out.</summary>
internal sealed class LoginDesk(
    AccountStore accounts, SessionStore sessions, LoginThrottle throttle, CartStore carts, ShopMetrics metrics)
{
    /// <param name="email">The address as it was typed.</param>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="before">The visitor's session so far; its cart comes along.</param>
    /// <param name="cancellation">The visitor's going away.</param>
    public async Task<LoginOutcome> LogInAsync(
        string email, string password, string address, Session? before, CancellationToken cancellation)
    {
        if (!CredentialRules.IsEmail(email) || password.Length is 0 or > CredentialRules.PasswordMaximum)
        {
            metrics.LoginFailed();
            return new LoginOutcome.Wrong();
        }
        if (await throttle.ClosedForAsync(email, address, cancellation) is { } rest)
        {
            metrics.LoginFailed();
            return new LoginOutcome.Closed(rest);
        }
        if (await accounts.VerifyAsync(email, password, cancellation) is not { } account)
        {
            metrics.LoginFailed();
            await throttle.CountFailureAsync(email, address, cancellation);
            return new LoginOutcome.Wrong();
        }
        await throttle.ForgetAsync(email, address, cancellation);
        return new LoginOutcome.In(await BeginAsync(account, before, cancellation));
    }

    /// <returns>The session of the new account, or <see langword="null"/> when the address has an account already.</returns>
    public async Task<Session?> RegisterAsync(string email, string password, Session? before, CancellationToken cancellation) =>
        await accounts.RegisterAsync(email, password, cancellation) is { } account
            ? await BeginAsync(account, before, cancellation)
            : null;

    public Task LogOutAsync(Session session, CancellationToken cancellation) => sessions.EndAsync(session, cancellation);

    // Always a new token: one that somebody planted before the login is worth nothing after it.
    private async Task<Session> BeginAsync(Account account, Session? before, CancellationToken cancellation)
    {
        var session = await sessions.BeginAsync(account, cancellation);
        if (before is null)
            return session;
        if (before.Account is null)
            await carts.HandOverAsync(before, session, cancellation);
        await sessions.EndAsync(before, cancellation);
        return session;
    }
}

/// <summary>How a login went.</summary>
internal abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    internal sealed record In(Session Session) : LoginOutcome;

    internal sealed record Wrong : LoginOutcome;

    /// <param name="Rest">How long until the next try is allowed.</param>
    internal sealed record Closed(TimeSpan Rest) : LoginOutcome;
}
