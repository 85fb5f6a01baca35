using System.Text;

namespace Pipeline.Configuration.EnvFiles;

/// <summary>
/// Reads <c>.env</c> files: one <c>KEY=value</c> a line, comments, quotes. Nothing is expanded and nothing is executed: <c>$</c> and backticks
/// are characters like any other. The whole grammar stands in docs/configuration.md.
/// </summary>
public static class EnvFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; faults name it as it is given here.</param>
    /// <returns>The settings, with names compared letter by letter.</returns>
    /// <exception cref="EnvFileException">The file is missing, unreadable, not UTF-8, or has faults; all faults are in it.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Parse(StrictUtf8.GetString(File.ReadAllBytes(path)), path);
        }
        catch (DecoderFallbackException)
        {
            throw new EnvFileException(path, [new EnvFileFault(1, "the file is not UTF-8; save it as UTF-8")]);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EnvFileException($"{path}: the file is missing; create it from the example that the settings schema renders", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new EnvFileException($"{path}: the file cannot be read ({unreadable.Message}); let this user read it", unreadable);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text; a byte order mark at its beginning is ignored.</param>
    /// <param name="name">What faults call it.</param>
    /// <exception cref="EnvFileException">The text has faults; all of them are in it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new EnvFileParser(text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal), name).Parse();
    }

    /// <summary>Writes a value so that reading it again gives the same: bare where that is enough, else in double quotes.</summary>
    /// <exception cref="ArgumentException">The value holds a NUL character, which no environment variable can.</exception>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("a setting cannot hold a NUL character; encode the value, as base64 for instance", nameof(value));
        if (value.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:@%+,?&=".Contains(character, StringComparison.Ordinal)))
            return value;
        var quoted = new StringBuilder("\"");
        foreach (var character in value)
            quoted.Append(EnvFileParser.Escape(character));
        return quoted.Append('"').ToString();
    }
}
