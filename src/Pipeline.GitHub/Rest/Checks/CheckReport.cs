using System.Text.Json.Serialization;

namespace Pipeline.GitHub.Rest;

/// <summary>What a check found.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Summary">In markdown.</param>
public sealed record CheckReport(string Title, string Summary)
{
    /// <summary>What it found, by file and line. Any number: they are sent in parts.</summary>
    public IReadOnlyList<CheckAnnotation> Annotations { get; init; } = [];

    internal CheckReport With(IReadOnlyList<CheckAnnotation> some) => this with { Annotations = some };
}

/// <summary>A finding at a place.</summary>
/// <param name="Path">The file, relative to the top of the repository.</param>
/// <param name="StartLine">The first line, from 1 on.</param>
/// <param name="EndLine">The last line.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">What is wrong.</param>
public sealed record CheckAnnotation(string Path, int StartLine, int EndLine, [property: JsonPropertyName("annotation_level")] AnnotationLevel Level, string Message)
{
    /// <summary>In a few words; null when the message is enough.</summary>
    public string? Title { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum AnnotationLevel
{
    /// <summary>To know.</summary>
    Notice,

    /// <summary>To mend some day.</summary>
    Warning,

    /// <summary>To mend now.</summary>
    Failure,
}
