namespace Shop.Accounts;

/// <summary>A visitor's session. One without an account carries the cart of somebody who has not logged in yet.</summary>
/// <param name="Token">What the cookie holds.</param>
/// <param name="TokenHash">What the database holds.</param>
/// <param name="Account">Who is logged in.</param>
internal sealed record Session(string Token, byte[] TokenHash, Account? Account);
