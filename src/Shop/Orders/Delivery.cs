namespace Shop.Orders;

/// <summary>Where a parcel goes.</summary>
internal sealed record Delivery(string Name, string Street, string Postcode, string City)
{
    private const int Longest = 120;

    public static Delivery Nowhere { get; } = new("", "", "", "");

    public IReadOnlyList<string> Faults() =>
        [.. Fault("name", Name), .. Fault("street", Street), .. Fault("postcode", Postcode), .. Fault("city", City)];

    private static IEnumerable<string> Fault(string field, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            yield return $"Please fill in the delivery {field}.";
        else if (value.Length > Longest || value.Any(char.IsControl))
            yield return $"Please give the delivery {field} in one line of at most {Longest} characters.";
    }
}
