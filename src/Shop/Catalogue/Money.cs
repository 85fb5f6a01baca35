using System.Globalization;

namespace Shop.Catalogue;

/// <param name="Cents">Hundredths of the currency.</param>
/// <param name="Currency">The code of ISO 4217.</param>
internal readonly record struct Money(int Cents, string Currency)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Currency == "EUR" ? "€" : Currency + " ")}{Cents / 100:N0}.{Cents % 100:00}");
}
