using System.Globalization;
using System.Net.Mail;

namespace Pipeline.Configuration.Settings.Values;

/// <summary>Holds one value against the rules of its key.</summary>
internal static class ValueRules
{
    private const int LeastPort = 1;
    private const int GreatestPort = 65535;

    /// <summary>What is wrong with the value, as the end of a sentence about the key; null when nothing is.</summary>
    public static (SettingFaultKind Kind, string Text)? Check(SettingKey key, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return (SettingFaultKind.Empty, "is empty");
        if (!HasType(key, value))
            return (SettingFaultKind.Malformed, Not(key, value, $"no {Wanted(key)}"));
        if (Measure(key.Type, value) is { } measure && (measure < Minimum(key) || measure > Maximum(key)))
            return (SettingFaultKind.OutOfBounds, $"{Measured(key, value, measure)}; it must be {Bounds(key)}");
        return key.Pattern?.IsMatch(value) == false
            ? (SettingFaultKind.Malformed, Not(key, value, $"not {key.Expects ?? $"text that matches {key.Pattern}"}"))
            : null;
    }

    /// <summary>The bounds for people: <c>1 to 65535</c>, <c>at least 5s</c>; null when there are none.</summary>
    public static string? Bounds(SettingKey key) => (Minimum(key), Maximum(key)) switch
    {
        (null, null) => null,
        ({ } least, null) => $"at least {Bound(key, least)}",
        (null, { } greatest) => $"at most {Bound(key, greatest)}",
        ({ } least, { } greatest) => $"{Bound(key, least)} to {Bound(key, greatest)}",
    };

    public static bool HasBounds(SettingType type) =>
        type is SettingType.Text or SettingType.Secret or SettingType.WholeNumber or SettingType.Port or SettingType.Duration;

    private static long? Minimum(SettingKey key) => key.Minimum ?? (key.Type == SettingType.Port ? LeastPort : null);

    private static long? Maximum(SettingKey key) => key.Maximum ?? (key.Type == SettingType.Port ? GreatestPort : null);

    private static bool HasType(SettingKey key, string value) => key.Type switch
    {
        SettingType.WholeNumber or SettingType.Port => TryInteger(value, out _),
        SettingType.Url => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0,
        SettingType.PostgresUrl => PostgresUrl.TryParse(value, out _),
        SettingType.Email => MailAddress.TryCreate(value, out var address) && address.Address == value,
        SettingType.Duration => SettingDuration.TryParse(value, out _),
        SettingType.Boolean => value is "true" or "false",
        SettingType.Choice => key.Values.Contains(value, StringComparer.Ordinal),
        _ => true,
    };

    private static string Wanted(SettingKey key) => key.Type switch
    {
        SettingType.WholeNumber => "whole number",
        SettingType.Port => "port (1 to 65535)",
        SettingType.Url => "absolute http or https URL",
        SettingType.PostgresUrl => "PostgreSQL URL (postgres://user:password@host:port/database)",
        SettingType.Email => "e-mail address",
        SettingType.Duration => "duration (250ms, 30s, 1h30m)",
        SettingType.Boolean => "boolean (true or false)",
        _ => $"value of it ({string.Join(", ", key.Values)})",
    };

    private static long? Measure(SettingType type, string value) => type switch
    {
        SettingType.WholeNumber or SettingType.Port => TryInteger(value, out var number) ? number : null,
        SettingType.Duration => SettingDuration.TryParse(value, out var duration) ? (long)duration.TotalMilliseconds : null,
        SettingType.Text or SettingType.Secret => value.Length,
        _ => null,
    };

    private static string Measured(SettingKey key, string value, long measure) =>
        key.Type is SettingType.Text or SettingType.Secret ? $"has {measure} characters"
        : IsShown(key, value) ? $"is {value}"
        : "is out of its bounds";

    private static string Bound(SettingKey key, long bound) => key.Type switch
    {
        SettingType.Duration => SettingDuration.Format(TimeSpan.FromMilliseconds(bound)),
        SettingType.Text or SettingType.Secret => $"{bound} characters",
        _ => bound.ToString(CultureInfo.InvariantCulture),
    };

    private static string Not(SettingKey key, string value, string wanted) =>
        IsShown(key, value) ? $"is '{value}', which is {wanted}" : $"is {wanted}";

    /// <summary>A URL may carry a password before its @.</summary>
    private static bool IsShown(SettingKey key, string value) =>
        !key.IsSecret && !(key.Type == SettingType.Url && value.Contains('@', StringComparison.Ordinal));

    private static bool TryInteger(string value, out long number) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
