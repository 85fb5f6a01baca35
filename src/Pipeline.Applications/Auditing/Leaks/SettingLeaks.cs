using System.Text.RegularExpressions;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>Secrets without a mark in files of settings: values that look made up at random, under a name that says what they are.</summary>
internal static partial class SettingLeaks
{
    // Words of a language have about two to three bits a character in their own letters, base64 of random bytes more than four.
    private const double RandomFrom = 3.5;
    private const int ShortestSecret = 16;

    /// <summary>Whether a file holds settings, line by line.</summary>
    public static bool IsSettings(string file)
    {
        var name = Path.GetFileName(file);
        return name.StartsWith(".env", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal)
            || name.EndsWith(".ini", StringComparison.Ordinal) || name.EndsWith(".properties", StringComparison.Ordinal) || name is ".npmrc" or ".netrc" or ".pgpass";
    }

    public static IEnumerable<(int At, string Kind, string Secret)> Find(string text) =>
        from Match line in Setting().Matches(text)
        let value = line.Groups["value"]
        where value.Length >= ShortestSecret && BitsPerCharacter(value.Value) >= RandomFrom
        select (value.Index, $"value of {line.Groups["name"].Value}", value.Value);

    private static double BitsPerCharacter(string text) => -text.GroupBy(character => character)
        .Select(group => (double)group.Count() / text.Length).Sum(share => share * Math.Log2(share));

    // What names a source (env:, file:, command:) or is put together of other settings holds no secret itself.
    [GeneratedRegex(@"^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z0-9_.:/-]*(?i:secret|token|passw|key|credential|auth)[A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*[""']?(?!env:|file:|command:|\$)(?<value>[^\s""'#$]+)", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
