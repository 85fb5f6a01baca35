namespace Pipeline.Targets.Output;

/// <summary>A line of a target's output, already masked.</summary>
internal readonly record struct OutputLine(string Text, bool IsError);
