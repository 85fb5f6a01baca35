namespace Shop.Payments;

/// <summary>What is known after asking the gateway.</summary>
internal abstract record ChargeResult
{
    private ChargeResult()
    {
    }

    /// <param name="Id">The gateway's name of the charge.</param>
    internal sealed record Charged(string Id) : ChargeResult;

    internal sealed record Refused : ChargeResult;

    /// <summary>No attempt reached the gateway, or it turned the request away unread: certainly nothing was charged.</summary>
    internal sealed record NotSent : ChargeResult;

    /// <summary>The gateway got the request and gave no answer that settles it: it may have charged.</summary>
    internal sealed record Unknown : ChargeResult;
}
