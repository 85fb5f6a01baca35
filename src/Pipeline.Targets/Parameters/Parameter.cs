namespace Pipeline.Targets;

/// <summary>
/// A typed parameter of the program. Its value is that of <c>--name</c> on the command line, else that of the environment variable
/// <c>PIPELINE_NAME</c>, else <see cref="Default"/>. One definition yields parsing, help, errors and shell completion.
/// </summary>
/// <typeparam name="T">
/// <see cref="string"/>, <see cref="bool"/>, a number, an enumeration, <see cref="TimeSpan"/> (<c>90s</c>, <c>15m</c>, <c>2h</c>, <c>00:15:00</c>),
/// <see cref="Uri"/>, <see cref="Guid"/>, <see cref="DateOnly"/>, or any other type with <see cref="Parse"/>.
/// </typeparam>
public sealed class Parameter<T> : IParameter
{
    private readonly bool hasMinimum;
    private readonly bool hasMaximum;

    /// <summary>Defines a parameter.</summary>
    /// <param name="name">Lower case, words joined by <c>-</c>, such as <c>delete-data</c>.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <exception cref="ArgumentException">The name is not written so.</exception>
    public Parameter(string name, string description)
    {
        if (!Parameters.ParameterNames.IsWellFormed(name))
            throw new ArgumentException($"parameter '{name}': write the name in lower case with words joined by '-', such as delete-data", nameof(name));
        Name = name;
        Description = description;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>The value where neither the command line nor the environment gives one.</summary>
    public T? Default { get; init; }

    /// <summary>The only values that are allowed; any value of the type where empty.</summary>
    public IReadOnlyList<T> Allowed { get; init; } = [];

    /// <summary>The smallest value that is allowed, bound included.</summary>
    public T? Minimum
    {
        get;
        init
        {
            field = value;
            hasMinimum = true;
        }
    }

    /// <summary>The largest value that is allowed, bound included.</summary>
    public T? Maximum
    {
        get;
        init
        {
            field = value;
            hasMaximum = true;
        }
    }

    /// <inheritdoc />
    public bool IsSecret { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<string> RequiredBy { get; init; } = [];

    /// <summary>Reads the value from text; throws <see cref="FormatException"/> with the reason where it cannot.</summary>
    public Func<string, T> Parse { get; init; } = Parameters.ValueText<T>.Parse;

    bool IParameter.IsSwitch => typeof(T) == typeof(bool) || typeof(T) == typeof(bool?);

    string IParameter.ValueName => AllowedTexts.Count > 0 ? string.Join('|', AllowedTexts) : Parameters.ValueText<T>.Name;

    string? IParameter.DefaultText => Default is null ? null : IsSecret ? SecretMark : Text(Default);

    IReadOnlyList<string> IParameter.AllowedTexts => AllowedTexts;

    private static string SecretMark => Secrets.SecretMasker.Mark;

    private IReadOnlyList<string> AllowedTexts => Allowed.Count > 0
        ? [.. Allowed.Select(Text)]
        : Parameters.ValueText<T>.Names;

    /// <inheritdoc />
    string? IParameter.Read(string text, out object? value)
    {
        value = null;
        T parsed;
        try
        {
            parsed = Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return AllowedTexts.Count > 0
                ? $"is none of {string.Join(", ", AllowedTexts)}{CommandLine.Suggestion.For(text, AllowedTexts)}"
                : exception is FormatException ? exception.Message : $"is no {Parameters.ValueText<T>.Name}";
        }

        if (Allowed.Count > 0 && !Allowed.Contains(parsed))
            return $"is none of {string.Join(", ", AllowedTexts)}{CommandLine.Suggestion.For(text, AllowedTexts)}";
        if (OutOfBounds(parsed) is { } bounds)
            return bounds;
        value = parsed;
        return null;
    }

    private string? OutOfBounds(T value)
    {
        var isBelow = hasMinimum && Comparer<T>.Default.Compare(value, Minimum) < 0;
        var isAbove = hasMaximum && Comparer<T>.Default.Compare(value, Maximum) > 0;
        if (!isBelow && !isAbove)
            return null;
        if (hasMinimum && hasMaximum)
            return $"is not between {Text(Minimum)} and {Text(Maximum)}";
        return isBelow ? $"is below {Text(Minimum)}" : $"is above {Text(Maximum)}";
    }

    private static string Text(T? value) => Parameters.ValueText<T>.Write(value);
}
