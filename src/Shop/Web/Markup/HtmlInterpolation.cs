using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Shop.Web.Markup;

/// <summary>Takes the literal parts of an interpolated string as they are and encodes every value that is not <see cref="Html"/>.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly StringBuilder markup;

    public HtmlInterpolation(int literalLength, int formattedCount) => markup = new StringBuilder(literalLength + (formattedCount * 24));

    public void AppendLiteral(string literal) => markup.Append(literal);

    public void AppendFormatted(Html value) => markup.Append(value.ToString());

    public void AppendFormatted(string? value) => markup.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(int value) => markup.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(long value) => markup.Append(value.ToString(CultureInfo.InvariantCulture));

    public string Markup() => markup.ToString();
}
