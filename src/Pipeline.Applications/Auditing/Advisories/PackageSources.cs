using System.Text.Json;

namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>
/// Which sources of packages know of vulnerabilities: those whose index names a resource for them
/// (https://learn.microsoft.com/nuget/api/vulnerability-info). Asking for vulnerabilities where none does is answered with none, which says nothing.
/// </summary>
/// <param name="http">Speaks with the sources.</param>
public sealed class PackageSources(HttpClient http)
{
    private const string Resource = "VulnerabilityInfo/";

    /// <summary>What a source says, in <c>dotnet nuget list source --format short</c>: <c>E https://…</c>, with <c>D</c> for one that is switched off.</summary>
    public static IReadOnlyList<string> Read(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line is ['E', .., _] && line.Contains(' ', StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim())];

    /// <summary>Why no source tells of vulnerabilities; null when one does.</summary>
    /// <param name="sources">The addresses or folders of the sources.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<string?> WhyNoneTellsAsync(IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var reasons = new List<string>();
        foreach (var source in sources)
        {
            if (await WhyNotAsync(source, cancellation) is not { } reason)
                return null;
            reasons.Add($"{source} {reason}");
        }
        return reasons.Count == 0 ? "no source of packages is configured" : string.Join(", ", reasons);
    }

    private async Task<string?> WhyNotAsync(string source, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return "is a folder";
        try
        {
            using var answer = await http.GetAsync(address, cancellation);
            if (!answer.IsSuccessStatusCode)
                return $"answers with {(int)answer.StatusCode}";
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            using var index = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            return index.RootElement.GetProperty("resources").EnumerateArray().Any(resource => resource.GetProperty("@type").GetString()!.StartsWith(Resource, StringComparison.Ordinal))
                ? null
                : "has no data about vulnerabilities";
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            return $"cannot be asked ({fault.Message})";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "does not answer";
        }
    }
}
