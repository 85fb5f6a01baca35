using System.Buffers;
using System.Text;

namespace Pipeline.Configuration.EnvFiles;

/// <summary>Reads one text with line feeds as its line ends.</summary>
internal sealed class EnvFileParser(string text, string name)
{
    private const string Export = "export";
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly List<EnvFileFault> faults = [];
    private int position;
    private int line = 1;

    public IReadOnlyDictionary<string, string> Parse()
    {
        while (position < text.Length)
            ReadLine();
        return faults.Count == 0 ? settings : throw new EnvFileException(name, [.. faults.OrderBy(fault => fault.Line)]);
    }

    public static bool IsKey(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.AsSpan().IndexOfAnyExcept(KeyCharacters) < 0;

    public static string Escape(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\\' => "\\\\",
        '"' => "\\\"",
        _ => character.ToString(),
    };

    private void ReadLine()
    {
        SkipBlanks();
        var end = LineEnd();
        if (position == end || text[position] == '#')
        {
            EndLine();
            return;
        }
        var equals = text.IndexOf('=', position, end - position);
        if (equals < 0)
        {
            Fault(line, "the line has no '='; write KEY=value, or begin a comment with #");
            EndLine();
            return;
        }
        var keyLine = line;
        var key = KeyOf(text[position..equals].Trim(' ', '\t'));
        if (!IsKey(key))
            Fault(keyLine, "what stands before '=' is no key; use letters, digits and underscores, and no digit first");
        position = equals + 1;
        var value = ReadValue(IsKey(key) ? key : "of this line");
        if (value is not null && IsKey(key))
            Keep(key, value, keyLine);
    }

    private static string KeyOf(string text) =>
        text.StartsWith(Export, StringComparison.Ordinal) && text.Length > Export.Length && IsBlank(text[Export.Length])
            ? text[Export.Length..].TrimStart(' ', '\t')
            : text;

    private void Keep(string key, string value, int keyLine)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            Fault(keyLine, $"the value of {key} holds a NUL character; encode the value, as base64 for instance");
        else if (lines.TryAdd(key, keyLine))
            settings.Add(key, value);
        else
            Fault(keyLine, $"key {key} stands in line {lines[key]} already; keep one of the two");
    }

    private string? ReadValue(string key)
    {
        var afterEquals = position;
        SkipBlanks();
        return position < text.Length && (text[position] is '"' or '\'')
            ? ReadQuoted(key)
            : ReadBare(afterEquals);
    }

    private string ReadBare(int start)
    {
        var end = LineEnd();
        var comment = start;
        while (comment < end && !(text[comment] == '#' && IsBlank(text[comment - 1])))
            comment++;
        var value = text[start..comment].Trim(' ', '\t');
        EndLine();
        return value;
    }

    private string? ReadQuoted(string key)
    {
        var opened = line;
        var value = text[position++] == '"' ? ReadDoubleQuoted(key) : ReadSingleQuoted();
        if (value is null)
        {
            Fault(opened, $"the quote of {key} is not closed; end the value with the quote it began with");
            return null;
        }
        var closed = position;
        SkipBlanks();
        if (position != LineEnd() && !(text[position] == '#' && position > closed))
            Fault(line, $"something follows the closing quote of {key}; put quotes around the whole value, and a blank before the # of a comment");
        EndLine();
        return value;
    }

    private string? ReadSingleQuoted()
    {
        var end = LineEnd();
        var close = text.IndexOf('\'', position, end - position);
        if (close < 0)
        {
            EndLine();
            return null;
        }
        var value = text[position..close];
        position = close + 1;
        return value;
    }

    private string? ReadDoubleQuoted(string key)
    {
        var value = new StringBuilder();
        while (position < text.Length)
        {
            var character = text[position++];
            if (character == '"')
                return value.ToString();
            if (character == '\n')
                line++;
            if (character == '\\')
                ReadEscape(value, key);
            else
                value.Append(character);
        }
        return null;
    }

    private void ReadEscape(StringBuilder value, string key)
    {
        if (position == text.Length)
            return;
        var escaped = text[position++];
        char? meant = escaped switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '\\' or '"' or '$' => escaped, _ => null };
        if (meant is not null)
            value.Append(meant.Value);
        else
            Fault(line, $"the value of {key} has an unknown escape; within double quotes write \\n, \\r, \\t, \\\", \\$ or \\\\");
        if (escaped == '\n')
            line++;
    }

    private void Fault(int where, string message) => faults.Add(new EnvFileFault(where, message));

    private static bool IsBlank(char character) => character is ' ' or '\t';

    private void SkipBlanks()
    {
        while (position < text.Length && IsBlank(text[position]))
            position++;
    }

    private int LineEnd()
    {
        var end = text.IndexOf('\n', position);
        return end < 0 ? text.Length : end;
    }

    private void EndLine()
    {
        position = Math.Min(LineEnd() + 1, text.Length);
        line++;
    }
}
