using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>Where the next page is: RFC 8288, https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api.</summary>
internal static partial class PageLinks
{
    public static string? Next(string? link) =>
        link is not null && Links().Matches(link).FirstOrDefault(match => match.Groups["relations"].Value.Split(' ').Contains("next")) is { } next ? next.Groups["address"].Value : null;

    [GeneratedRegex("<(?<address>[^>]*)>\\s*(;\\s*[^,;=]+=(\"[^\"]*\"|[^,;\"]*)\\s*)*?;\\s*rel=\"?(?<relations>[^\",;]*)\"?", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
