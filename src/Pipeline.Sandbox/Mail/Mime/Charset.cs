using System.Text;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>Finds an encoding by the name a mail gives.</summary>
internal static class Charset
{
    /// <summary>UTF-8 for ASCII and when none is named; Latin-1, which shows every byte, when the name means nothing here.</summary>
    public static Encoding Of(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.GetEncoding(name.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.Latin1;
        }
    }
}
