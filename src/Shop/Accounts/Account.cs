namespace Shop.Accounts;

/// <param name="Id">The key in the database.</param>
/// <param name="Email">As the customer wrote it; two that differ only in case are the same account.</param>
/// <param name="IsSmoke">Whether the smoke checks use it: its orders are test orders.</param>
internal sealed record Account(long Id, string Email, bool IsSmoke);
