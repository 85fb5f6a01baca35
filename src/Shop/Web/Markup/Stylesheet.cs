using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Web.Markup;

/// <summary>The one stylesheet, embedded in the program.</summary>
internal static class Stylesheet
{
    private const int TagCharacters = 12;

    public static string Text { get; } = Load();

    /// <summary>Its address changes with its content, so that browsers may keep it and never use an old one.</summary>
    public static string Address { get; } =
        $"/assets/shop.css?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..TagCharacters]}";

    private static string Load()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("assets/shop.css")!);
        return reader.ReadToEnd();
    }
}
