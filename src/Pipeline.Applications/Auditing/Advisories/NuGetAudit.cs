using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Delivery;

namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>
/// Reads what NuGet's audit left of vulnerabilities when a project was restored: https://learn.microsoft.com/nuget/concepts/auditing-packages. It stays in
/// <c>obj/project.assets.json</c> until the project is restored anew.
/// </summary>
public static partial class NuGetAudit
{
    /// <summary>The advisories about packages of a project, direct and transitive.</summary>
    /// <param name="assetsFile">The project's <c>obj/project.assets.json</c>.</param>
    /// <param name="project">What the project is called in findings.</param>
    /// <exception cref="DeliveryException">The file is missing or is not what the SDK writes.</exception>
    public static IReadOnlyList<Advisory> Read(string assetsFile, string project)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            var assets = document.RootElement;
            return [.. Off(assets, project), .. Logs(assets).Select(text => new Advisory(text, project))];
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DeliveryException($"what NuGet's audit found cannot be read from {assetsFile}: {fault.Message}; restore the project with dotnet restore", fault);
        }
    }

    /// <summary>The findings, each with its remedy, and each once for all projects.</summary>
    public static IReadOnlyList<string> Describe(IEnumerable<Advisory> advisories)
    {
        ArgumentNullException.ThrowIfNull(advisories);
        return
        [
            .. advisories.GroupBy(advisory => advisory.Text).Select(same =>
                $"{same.Key} (used by {same.First().Project}{(same.Count() > 1 ? $" and {same.Count() - 1} more" : "")}); take a version without it, or name it in NuGetAuditSuppress with the reason why it does no harm"),
        ];
    }

    // NU1901 to NU1904, by severity: https://learn.microsoft.com/nuget/reference/errors-and-warnings/nu1901-nu1904.
    private static IEnumerable<string> Logs(JsonElement assets) =>
        from entry in assets.TryGetProperty("logs", out var logs) ? logs.EnumerateArray() : Enumerable.Empty<JsonElement>()
        where Code().IsMatch(entry.GetProperty("code").GetString()!)
        select Prefix().Replace(entry.GetProperty("message").GetString()!, "");

    private static IEnumerable<Advisory> Off(JsonElement assets, string project)
    {
        var audit = assets.GetProperty("project").GetProperty("restore").TryGetProperty("restoreAuditProperties", out var properties) ? properties : default;
        if (Value(audit, "enableAudit") is not "true" || Value(audit, "auditMode") is not "all" || Value(audit, "auditLevel") is not (null or "low"))
            yield return new("NuGetAudit does not look at all packages and all severities; remove NuGetAudit, NuGetAuditMode and NuGetAuditLevel from the project", project);
    }

    private static string? Value(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"^NU190[1-4]\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^Warning As Error: ")]
    private static partial Regex Prefix();
}
