namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>GitHub compares names without regard to case.</summary>
internal static class Uniqueness
{
    public static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key);
}
