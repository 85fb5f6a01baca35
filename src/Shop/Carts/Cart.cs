using Shop.Catalogue;

namespace Shop.Carts;

/// <summary>What a visitor has chosen so far.</summary>
internal sealed record Cart(IReadOnlyList<CartLine> Lines)
{
    public static Cart Empty { get; } = new([]);

    public bool IsEmpty => Lines.Count == 0;

    public int Pieces => Lines.Sum(line => line.Quantity);

    public Money Total => new(Lines.Sum(line => line.Total.Cents), Lines.Count == 0 ? "EUR" : Lines[0].Product.Price.Currency);
}

/// <summary>So many of one product.</summary>
internal sealed record CartLine(Product Product, int Quantity)
{
    public Money Total => new(Product.Price.Cents * Quantity, Product.Price.Currency);
}
