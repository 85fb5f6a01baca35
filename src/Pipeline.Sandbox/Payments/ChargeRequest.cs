using System.Text.Json;

namespace Pipeline.Sandbox.Payments;

/// <summary>What a merchant asks for.</summary>
internal sealed record ChargeRequest(long Amount, string Currency, string Reference)
{
    private const long GreatestAmount = 99_999_999;
    private const int LongestReference = 200;

    /// <summary>Reads a request, or says everything that is wrong with it.</summary>
    public static (ChargeRequest? Request, IReadOnlyList<string> Faults) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return (null, ["the body is no JSON object; send {\"amount\": 1999, \"currency\": \"EUR\", \"reference\": \"order-1\"}"]);
        var faults = new List<string>();
        var amount = 0L;
        if (!json.TryGetProperty("amount", out var amountJson) || amountJson.ValueKind != JsonValueKind.Number || !amountJson.TryGetInt64(out amount)
            || amount is < 1 or > GreatestAmount)
            faults.Add($"amount must be a whole number of the currency's smallest unit, 1 to {GreatestAmount}");
        var currency = Text(json, "currency");
        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper))
            faults.Add("currency must be three capital letters (ISO 4217), as EUR");
        var reference = Text(json, "reference");
        if (reference is not { Length: >= 1 and <= LongestReference } || string.IsNullOrWhiteSpace(reference))
            faults.Add($"reference must be a text of 1 to {LongestReference} characters");
        foreach (var other in json.EnumerateObject().Select(property => property.Name).Except(["amount", "currency", "reference"]))
            faults.Add($"{other} is unknown; a charge has amount, currency and reference");
        return faults.Count == 0 ? (new ChargeRequest(amount, currency!, reference!), []) : (null, faults);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
