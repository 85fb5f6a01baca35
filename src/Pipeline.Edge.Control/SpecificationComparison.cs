using Pipeline.Supervision;

namespace Pipeline.Edge.Control;

/// <summary>Whether a running edge is the one that is wanted: same program, same settings, same sockets.</summary>
internal static class SpecificationComparison
{
    public static bool Same(ProcessSpecification left, ProcessSpecification right) =>
        left.FileName == right.FileName
        && left.Arguments.SequenceEqual(right.Arguments)
        && left.Listen.SequenceEqual(right.Listen)
        && left.StopTimeout == right.StopTimeout
        && left.Environment.Count == right.Environment.Count
        && left.Environment.All(pair => right.Environment.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
