using System.Text.Encodings.Web;

namespace Shop.Web.Markup;

/// <summary>
/// Markup that is safe to send. It comes only from literals of this program and from values that were encoded on their way in:
/// <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c> encodes <c>name</c>. Attribute values must stand in double quotes.
/// </summary>
internal readonly record struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Nothing => default;

    public static Html Of(HtmlInterpolation content) => new(content.Markup());

    public static Html Text(string value) => new(HtmlEncoder.Default.Encode(value));

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> view) => new(string.Concat(items.Select(item => view(item).ToString())));

    public override string ToString() => markup ?? "";
}
