namespace Pipeline.Targets;

/// <summary>The parameters of this run with their values. Ask dependency injection for it, or a <see cref="TargetContext"/>.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<IParameter, object?> values;
    private readonly HashSet<IParameter> declared;

    internal ParameterValues(IEnumerable<IParameter> declared, IReadOnlyDictionary<IParameter, object?> given)
    {
        this.declared = [.. declared];
        values = new(given);
    }

    /// <summary>The value of a parameter: as given, else its default.</summary>
    /// <exception cref="InvalidOperationException">The program does not declare the parameter.</exception>
    public T? Get<T>(Parameter<T> parameter)
    {
        if (!declared.Contains(parameter))
            throw new InvalidOperationException($"parameter --{parameter.Name} is read but not declared; name it with options.Add in Program.cs");
        return values.TryGetValue(parameter, out var value) ? (T?)value : parameter.Default;
    }

    /// <summary>Whether the command line or the environment gave the parameter a value.</summary>
    public bool IsGiven(IParameter parameter) => values.ContainsKey(parameter);

    internal string Text(IParameter parameter)
    {
        if (!values.TryGetValue(parameter, out var value))
            return parameter.DefaultText ?? "";
        return value switch
        {
            null => "",
            TimeSpan duration => Parameters.DurationText.Write(duration),
            bool truth => truth ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }
}
