using Shop.Accounts;

namespace Shop.Orders;

/// <summary>One press of the button.</summary>
/// <param name="Customer">Who buys.</param>
/// <param name="Key">The same for every arrival of the same press: a second one finds the order of the first.</param>
/// <param name="Items">What is bought; <see langword="null"/> for what is in the customer's cart.</param>
/// <param name="Delivery">Where the parcel goes.</param>
internal sealed record Purchase(Account Customer, string Key, IReadOnlyList<PurchaseItem>? Items, Delivery Delivery);

internal sealed record PurchaseItem(string ProductId, int Quantity);
