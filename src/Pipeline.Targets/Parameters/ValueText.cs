using System.Globalization;

namespace Pipeline.Targets.Parameters;

/// <summary>How values of a type are read from and written to text.</summary>
internal static class ValueText<T>
{
    private static readonly Type Type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    internal static string Name { get; } = Type switch
    {
        _ when Type == typeof(bool) => "true|false",
        _ when Type == typeof(int) || Type == typeof(long) || Type == typeof(double) || Type == typeof(decimal) => "number",
        _ when Type == typeof(TimeSpan) => "duration",
        _ when Type == typeof(Uri) => "address",
        _ when Type == typeof(DateOnly) => "date",
        _ when Type == typeof(string) => "text",
        _ => Type.Name.ToLowerInvariant(),
    };

    internal static IReadOnlyList<string> Names { get; } = Type.IsEnum ? [.. Enum.GetNames(Type).Select(name => name.ToLowerInvariant())] : [];

    internal static T Parse(string text) => (T)Read(text);

    internal static string Write(T? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        TimeSpan duration => DurationText.Write(duration),
        Enum name => name.ToString().ToLowerInvariant(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static object Read(string text) => Type switch
    {
        _ when Type == typeof(string) => text,
        _ when Type == typeof(bool) => bool.TryParse(text, out var truth) ? truth : throw new FormatException("is neither true nor false"),
        _ when Type == typeof(int) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw NoWholeNumber(),
        _ when Type == typeof(long) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw NoWholeNumber(),
        _ when Type == typeof(double) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("is no number"),
        _ when Type == typeof(decimal) => decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("is no number"),
        _ when Type == typeof(TimeSpan) => DurationText.Parse(text),
        _ when Type == typeof(Uri) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new FormatException("is no absolute address such as http://127.0.0.1:8080"),
        _ when Type == typeof(Guid) => Guid.TryParse(text, out var id) ? id : throw new FormatException("is no GUID"),
        _ when Type == typeof(DateOnly) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException("is no date such as 2026-01-31"),
        { IsEnum: true } => Names.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(Type, text, ignoreCase: true) : throw new FormatException("is no value of it"),
        _ => throw new FormatException($"cannot be read as {Type.Name}; give the parameter a Parse function"),
    };

    private static FormatException NoWholeNumber() => new("is no whole number");
}
