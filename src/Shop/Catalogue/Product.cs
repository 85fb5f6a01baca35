namespace Shop.Catalogue;

/// <param name="Id">A word for addresses: <c>first-night-mug</c>.</param>
/// <param name="Name">What customers call it.</param>
/// <param name="Tagline">Material, size or weight.</param>
/// <param name="Description">A few sentences.</param>
/// <param name="Price">For one.</param>
/// <param name="Stock">How many are on the shelf.</param>
/// <param name="Picture">How it is drawn.</param>
internal sealed record Product(string Id, string Name, string Tagline, string Description, Money Price, int Stock, PictureStyle Picture);

/// <param name="Drawing">The name of a drawing that the application carries.</param>
/// <param name="Ground">The colour behind it: <c>#rrggbb</c>.</param>
/// <param name="Body">The colour of the thing.</param>
/// <param name="Accent">The colour of its detail.</param>
internal sealed record PictureStyle(string Drawing, string Ground, string Body, string Accent);
