using System.Reflection;

namespace Pipeline.Verification.Checks.Declared;

/// <summary>Finds the checks of a suite and everything wrong with their declaration.</summary>
internal static class DeclaredChecks
{
    private const int LongestTimeout = 600;

    /// <exception cref="InvalidOperationException">Checks are declared wrongly; the message names every one.</exception>
    public static IReadOnlyList<DeclaredCheck> Of(Type suite)
    {
        var checks = suite.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => (Attribute: method.GetCustomAttribute<CheckAttribute>(), Method: method))
            .Where(check => check.Attribute is not null)
            .Select(check => new DeclaredCheck(check.Attribute!, check.Method))
            .OrderBy(check => Depth(check.Method.DeclaringType)).ThenBy(check => check.Attribute.Line)
            .ToArray();
        var faults = checks.SelectMany(FaultsOf)
            .Concat(checks.GroupBy(check => check.Attribute.Name).Where(same => same.Count() > 1).Select(same => SameName(suite, same)))
            .ToList();
        if (checks.Length == 0)
            faults.Add($"{suite.Name}: there is no check; mark methods with [Check(\"what is checked\")]");
        return faults.Count == 0 ? checks : throw new InvalidOperationException(string.Join('\n', faults));
    }

    private static IEnumerable<string> FaultsOf(DeclaredCheck check)
    {
        var where = $"{check.Method.DeclaringType!.Name}.{check.Method.Name}";
        var parameters = check.Method.GetParameters();
        if (check.Method.IsStatic || !check.Method.IsPublic || check.Method.IsGenericMethod || !check.Method.ReturnType.IsAssignableTo(typeof(Task))
            || parameters is not [{ ParameterType: var only }] || only != typeof(CheckSession))
            yield return $"{where}: a check is public async Task {check.Method.Name}(CheckSession session)";
        if (string.IsNullOrWhiteSpace(check.Attribute.Name))
            yield return $"{where}: the check has no name; say what it checks";
        if (check.Attribute.TimeoutSeconds is < 1 or > LongestTimeout)
            yield return $"{where}: TimeoutSeconds is {check.Attribute.TimeoutSeconds}; it must be 1 to {LongestTimeout}";
    }

    private static string SameName(Type suite, IGrouping<string, DeclaredCheck> same) =>
        $"{suite.Name}: the name '{same.Key}' stands on {string.Join(" and ", same.Select(check => check.Method.Name))}; give each check a name of its own";

    private static int Depth(Type? type) => type is null ? 0 : Depth(type.BaseType) + 1;
}
