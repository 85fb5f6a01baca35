using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>What an answer that is none says, in a sentence.</summary>
internal static class Refusal
{
    private const int ShownCharacters = 300;

    public static GitHubException Describe(string request, string origin, Answer answer)
    {
        var status = (int)answer.Status;
        var (fault, remedy) = answer.Status switch
        {
            HttpStatusCode.Unauthorized => (GitHubFault.Unauthorized, $"the token from {origin} is wrong or has ended; give another one"),
            HttpStatusCode.Forbidden => (GitHubFault.Forbidden, $"the token from {origin} may not do that; add the permission to the job, the app or the token"),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => (GitHubFault.NotFound, $"it is not there, or the token from {origin} may not see it"),
            HttpStatusCode.Conflict => (GitHubFault.Conflict, "it contradicts what is there; look at it and decide"),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => (GitHubFault.Invalid, "mend what was sent"),
            >= HttpStatusCode.InternalServerError => (GitHubFault.Unavailable, "try again later; https://www.githubstatus.com says more"),
            _ => (GitHubFault.Unexpected, "no such answer is expected here; look whether GITHUB_API_URL is GitHub's interface"),
        };
        return new(fault, string.Create(CultureInfo.InvariantCulture, $"{request} was answered with {status}: {Said(answer.Body)}; {remedy}{Number(answer)}")) { RequestId = answer.Header("x-github-request-id") ?? "" };
    }

    public static GitHubException Limited(string request, Answer answer, DateTimeOffset until) => new(
        GitHubFault.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"{request} was refused by a limit of requests until {until:u}: {Said(answer.Body)}; wait until then, or use a token with a limit of its own{Number(answer)}"))
    {
        LimitedUntil = until,
        RequestId = answer.Header("x-github-request-id") ?? "",
    };

    private static string Number(Answer answer) => answer.Header("x-github-request-id") is { } id ? $" (request {id})" : "";

    /// <summary>The message and all errors of a body that is GitHub's; else its beginning.</summary>
    private static string Said(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
                return string.Join("; ", [$"\"{message.GetString()}\"", .. Errors(json.RootElement)]);
        }
        catch (JsonException)
        {
            // Proxies and outages answer in HTML.
        }
        var text = Encoding.UTF8.GetString(body).Trim().ReplaceLineEndings(" ");
        return text.Length == 0 ? "nothing more" : $"\"{(text.Length > ShownCharacters ? text[..ShownCharacters] + "…" : text)}\"";
    }

    private static IEnumerable<string> Errors(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var error in errors.EnumerateArray())
        {
            yield return error.ValueKind == JsonValueKind.Object
                ? string.Join(' ', error.EnumerateObject().Where(field => field.Name is "resource" or "field" or "code" or "message").Select(field => field.Value.ToString()))
                : error.ToString();
        }
    }
}
