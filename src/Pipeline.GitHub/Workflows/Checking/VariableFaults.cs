namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What is wrong with variables.</summary>
internal static class VariableFaults
{
    // What the runner itself, and the loader of every program, reads.
    private static readonly string[] Reserved = ["GITHUB_", "RUNNER_", "ACTIONS_", "LD_", "DYLD_"];

    // The runner leaves this one to the workflow: https://docs.github.com/actions/tutorials/authenticate-with-github_token.
    private const string Token = "GITHUB_TOKEN";

    private static readonly string[] Dangerous = ["PATH", "BASH_ENV", "ENV", "NODE_OPTIONS", "CI"];

    public static IEnumerable<string> Find(IReadOnlyDictionary<string, Template> variables, Scope scope, Func<string, Place> place, string owner)
    {
        foreach (var name in Uniqueness.Repeated(variables.Keys))
            yield return $"{owner}: several variables have the name {name}";
        foreach (var (name, value) in variables)
        {
            if (!Names.IsVariable(name))
                yield return $"{owner}: '{name}' is no name of a variable; one {Names.VariableRule}";
            if ((name != Token && Reserved.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) || Dangerous.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return $"{owner}: variable {name} is the runner's own, or changes which programs run; choose another name";
            foreach (var fault in scope.Faults(place(name), value))
                yield return fault;
        }
    }
}
