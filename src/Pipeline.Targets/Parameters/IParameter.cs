namespace Pipeline.Targets;

/// <summary>A parameter of the program, whatever its type. <see cref="Parameter{T}"/> is the only kind.</summary>
public interface IParameter
{
    /// <summary>The name on the command line without the dashes: lower case, words joined by <c>-</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for the help.</summary>
    string Description { get; }

    /// <summary>Whether the value is masked wherever it would appear.</summary>
    bool IsSecret { get; }

    /// <summary>Whether the parameter may stand on the command line without a value, meaning true.</summary>
    bool IsSwitch { get; }

    /// <summary>What the value is, for the help: <c>number</c>, <c>duration</c>, or the allowed values.</summary>
    string ValueName { get; }

    /// <summary>The default as text for the help, or null where there is none.</summary>
    string? DefaultText { get; }

    /// <summary>The values that are allowed, or none where any value of the type is.</summary>
    IReadOnlyList<string> AllowedTexts { get; }

    /// <summary>The targets that cannot run without a value.</summary>
    IReadOnlyList<string> RequiredBy { get; }

    /// <summary>Reads a value; null in <paramref name="value"/> with the fault returned where it is not allowed.</summary>
    string? Read(string text, out object? value);
}
