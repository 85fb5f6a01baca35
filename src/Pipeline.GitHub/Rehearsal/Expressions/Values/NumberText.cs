using System.Globalization;

namespace Pipeline.GitHub.Rehearsal.Expressions.Values;

/// <summary>Numbers as GitHub reads and writes them.</summary>
internal static class NumberText
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number that a text is: 0 where it is empty, NaN where it is none.</summary>
    internal static double Read(string text)
    {
        var trimmed = text.Trim();
        return trimmed switch
        {
            "" => 0,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            ['0', 'x', .. var digits] => ReadDigits(digits, 16),
            ['0', 'o', .. var digits] => ReadDigits(digits, 8),
            _ when trimmed.Any(char.IsAsciiDigit) && double.TryParse(trimmed, Decimal, CultureInfo.InvariantCulture, out var number) => number,
            _ => double.NaN,
        };
    }

    internal static string Write(double number) => number switch
    {
        0 => "0",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => number.ToString("G15", CultureInfo.InvariantCulture),
    };

    private static double ReadDigits(string digits, int radix)
    {
        try
        {
            return digits.All(char.IsAsciiHexDigit) ? Convert.ToInt32(digits, radix) : double.NaN;
        }
        catch (Exception none) when (none is FormatException or OverflowException or ArgumentException)
        {
            return double.NaN;
        }
    }
}
