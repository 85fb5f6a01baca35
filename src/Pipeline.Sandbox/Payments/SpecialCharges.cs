namespace Pipeline.Sandbox.Payments;

/// <summary>Amounts and references with which a test makes the gateway say no. Documented in docs/sandbox.md.</summary>
internal static class SpecialCharges
{
    /// <summary>Why the charge is declined; null when it is not.</summary>
    public static string? DeclineCode(ChargeRequest request) => request.Amount switch
    {
        4_02_01 => "card_declined",
        4_02_02 => "insufficient_funds",
        4_02_03 => "expired_card",
        _ => request.Reference.StartsWith("decline", StringComparison.OrdinalIgnoreCase) ? "card_declined" : null,
    };

    /// <summary>Whether the gateway pretends to be out of order for this charge.</summary>
    public static bool IsUnavailable(ChargeRequest request) =>
        request.Amount == 5_03_01 || request.Reference.StartsWith("unavailable", StringComparison.OrdinalIgnoreCase);
}
