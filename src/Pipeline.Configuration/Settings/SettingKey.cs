using System.Text.RegularExpressions;

namespace Pipeline.Configuration.Settings;

/// <summary>One key of a schema with the rules that hold for it in one environment.</summary>
public sealed record SettingKey
{
    /// <summary>The name of the environment variable.</summary>
    public required string Name { get; init; }

    /// <summary>What its text must be.</summary>
    public required SettingType Type { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Whether it must be set; false when the schema does not say so.</summary>
    public bool Required { get; init; }

    /// <summary>Whether its value is never shown: always so for <c>secret</c> and <c>postgres-url</c>, for others when the schema says so.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The least length, value or (in milliseconds) duration; null for none.</summary>
    public long? Minimum { get; init; }

    /// <summary>The greatest length, value or (in milliseconds) duration; null for none.</summary>
    public long? Maximum { get; init; }

    /// <summary>The values of an <c>enum</c>; empty for other types.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>A pattern that some part of the value must match, as in JSON Schema; write <c>^…$</c> for the whole. Null for none.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>What the pattern asks for, in words that a message can use: <c>a test key (test_…)</c>. Null for none.</summary>
    public string? Expects { get; init; }

    /// <summary>The value when none is set; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>A value to show in the example file; null for none.</summary>
    public string? Example { get; init; }
}
