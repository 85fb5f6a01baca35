using Pipeline.Targets.CommandLine;

namespace Pipeline.Targets.Parameters;

/// <summary>Finds the value of every parameter: command line, then environment.</summary>
internal static class ParameterReader
{
    internal static ParameterValues Read(
        IReadOnlyList<IParameter> parameters, ParsedLine line, Func<string, string?> environment, List<string> faults)
    {
        var values = new Dictionary<IParameter, object?>();
        foreach (var parameter in parameters)
        {
            var (text, source) = Find(parameter, line, environment);
            if (text is null)
                continue;
            if (parameter.Read(text, out var value) is { } fault)
                faults.Add($"{source} '{(parameter.IsSecret ? Secrets.SecretMasker.Mark : text)}' {fault}");
            else
                values[parameter] = value;
        }

        return new(parameters, values);
    }

    internal static IEnumerable<string> Missing(
        IReadOnlyList<IParameter> parameters, ParameterValues values, IReadOnlyCollection<string> targets) =>
        from parameter in parameters
        where !values.IsGiven(parameter) && parameter.DefaultText is null
        let needing = parameter.RequiredBy.Where(target => targets.Contains(target, StringComparer.OrdinalIgnoreCase)).ToArray()
        where needing.Length > 0
        select $"{string.Join(" and ", needing)} {(needing.Length == 1 ? "needs" : "need")} parameter --{parameter.Name}, which has no value; "
            + $"give --{parameter.Name} <{parameter.ValueName}> or set {ParameterNames.Variable(parameter.Name)}";

    // An empty variable is an unset one: shells and CI systems cannot always tell them apart.
    private static (string? Text, string Source) Find(IParameter parameter, ParsedLine line, Func<string, string?> environment)
    {
        var given = line.Options.LastOrDefault(option => option.Definition.Parameter == parameter);
        if (given is not null)
            return (given.Value ?? "true", $"--{parameter.Name}");
        var variable = ParameterNames.Variable(parameter.Name);
        return environment(variable) is { Length: > 0 } text ? (text, variable) : (null, "");
    }
}
