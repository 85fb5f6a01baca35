namespace Pipeline.Supervision.Launching;

/// <summary>
/// The few variables that pass from whoever starts a process to the process. CI runners end leftovers by variables of theirs: none of those pass.
/// </summary>
internal static class InheritedEnvironment
{
    private static readonly string[] Names = ["PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT"];

    internal static Dictionary<string, string> Read() => Names
        .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal);
}
