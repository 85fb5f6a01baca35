using System.Collections.Frozen;
using System.Reflection;

namespace Shop.Catalogue;

/// <summary>Draws products: the drawings are embedded, the colours come with the product.</summary>
internal static class ProductPicture
{
    private const string Folder = "pictures/";
    private const string Fallback = "parcel";

    private static readonly FrozenDictionary<string, string> Drawings = Load();

    /// <returns>A complete SVG document. A drawing that this build does not know is shown as a parcel.</returns>
    public static string Draw(PictureStyle style) =>
        (Drawings.GetValueOrDefault(style.Drawing) ?? Drawings[Fallback])
            .Replace("{ground}", style.Ground, StringComparison.Ordinal)
            .Replace("{body}", style.Body, StringComparison.Ordinal)
            .Replace("{accent}", style.Accent, StringComparison.Ordinal);

    private static FrozenDictionary<string, string> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => Path.GetFileNameWithoutExtension(name), name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
