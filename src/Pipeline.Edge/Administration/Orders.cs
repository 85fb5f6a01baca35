namespace Pipeline.Edge.Administration;

/// <summary>New weights for the present backends.</summary>
internal sealed record WeightsOrder(long Fence, IReadOnlyDictionary<string, int>? Weights);

/// <summary>Holds users' requests (<paramref name="AtMost"/> like <c>10s</c>), or lets them go.</summary>
internal sealed record HoldOrder(long Fence, string? AtMost);

/// <summary>How many requests are still in flight.</summary>
internal sealed record DrainAnswer(int InFlight);

/// <summary>Why an order was not followed. The fences are set when the order's token was too old.</summary>
internal sealed record ErrorAnswer(string Error, long? Fence = null, long? Given = null);
