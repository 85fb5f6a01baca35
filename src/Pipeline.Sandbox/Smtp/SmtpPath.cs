using System.Globalization;

namespace Pipeline.Sandbox.Smtp;

/// <summary>The argument of MAIL or RCPT: an address and its parameters.</summary>
/// <param name="Address">Without angle brackets; empty for the null sender.</param>
/// <param name="Parameters">What follows: <c>SIZE=1234</c>.</param>
internal sealed record SmtpPath(string Address, IReadOnlyList<string> Parameters)
{
    private const int LongestAddress = 254;

    /// <summary>Reads <c>FROM:&lt;address&gt; parameters</c>; null when it is not so.</summary>
    public static SmtpPath? Read(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var text = argument[keyword.Length..].TrimStart();
        var close = text.IndexOf('>', StringComparison.Ordinal);
        if (!text.StartsWith('<') || close < 0)
            return null;
        var address = text[1..close];
        // A source route is to be accepted and ignored (RFC 5321, appendix C).
        if (address.StartsWith('@'))
            address = address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var valid = address.Length <= LongestAddress && !address.Any(character => char.IsControl(character) || character is ' ' or '<')
            && (address.Length == 0 || (address.IndexOf('@', StringComparison.Ordinal) > 0 && !address.EndsWith('@')));
        return valid ? new SmtpPath(address, text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null;
    }

    /// <summary>The size that the client announces; null when it announces none.</summary>
    public long? AnnouncedSize() => Parameters
        .Where(parameter => parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase))
        .Select(parameter => long.TryParse(parameter["SIZE=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : (long?)null)
        .FirstOrDefault();

    /// <summary>A parameter that no announced extension knows; null when there is none.</summary>
    public string? UnknownParameter() => Parameters.FirstOrDefault(parameter =>
        !parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)
        && !parameter.StartsWith("BODY=", StringComparison.OrdinalIgnoreCase)
        && !parameter.Equals("SMTPUTF8", StringComparison.OrdinalIgnoreCase));
}
