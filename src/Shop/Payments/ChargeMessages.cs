using System.Text.Json.Serialization;

namespace Shop.Payments;

/// <param name="Amount">In hundredths of the currency.</param>
/// <param name="Currency">The code of ISO 4217, in capitals.</param>
/// <param name="Reference">What the customer finds on the statement.</param>
internal sealed record ChargeRequest(int Amount, string Currency, string Reference);

internal sealed record ChargeAnswer(string? Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(ChargeAnswer))]
internal sealed partial class ChargeJson : JsonSerializerContext;
