namespace Pipeline.Sandbox.Payments;

/// <summary>A payment that was tried.</summary>
/// <param name="Id"><c>ch_00000001</c>.</param>
/// <param name="Amount">In the smallest unit of the currency.</param>
/// <param name="Currency">Three capital letters, ISO 4217.</param>
/// <param name="Reference">What the merchant calls it.</param>
/// <param name="Status">Whether money moved.</param>
/// <param name="DeclineCode">Why not; null when it did.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="IdempotencyKey">The key it was made with; null for none.</param>
internal sealed record Charge(
    string Id, long Amount, string Currency, string Reference, ChargeStatus Status, string? DeclineCode, DateTimeOffset CreatedAt, string? IdempotencyKey);

/// <summary>How a charge ended.</summary>
internal enum ChargeStatus
{
    Succeeded,
    Declined,
}
