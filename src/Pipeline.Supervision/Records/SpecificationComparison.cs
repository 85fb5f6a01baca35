using System.Text.Json;

namespace Pipeline.Supervision.Records;

/// <summary>Whether two specifications ask for the same, whatever order their variables stand in.</summary>
internal static class SpecificationComparison
{
    internal static bool IsSameAs(this ProcessSpecification one, ProcessSpecification other) => Text(one) == Text(other);

    private static string Text(ProcessSpecification specification) => JsonSerializer.Serialize(
        specification with
        {
            Environment = new SortedDictionary<string, string>(specification.Environment.ToDictionary(), StringComparer.Ordinal),
        },
        SupervisionJson.Default.ProcessSpecification);
}
