using System.Globalization;
using System.Net;
using System.Text.Json;
using Pipeline.Verification.Checks.Sessions;
using Pipeline.Verification.Http;

namespace Pipeline.Verification.Checks;

/// <summary>
/// The answer to a request of a check, with expectations that say method, URL, what was expected, what came and how the body begins. Each
/// returns the answer itself.
/// </summary>
public sealed class CheckAnswer
{
    private const int ShownCharacters = 300;
    private readonly IReadOnlyDictionary<string, string> headers;
    private readonly Redaction redaction;
    private readonly string reason;

    internal CheckAnswer(HttpRequestMessage request, HttpResponseMessage response, string body, Redaction redaction)
    {
        (Method, Url) = (request.Method, request.RequestUri!);
        (Status, reason, Body) = (response.StatusCode, response.ReasonPhrase ?? "", body);
        headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        this.redaction = redaction;
    }

    /// <summary>The method of the request that was answered: of the last one where redirects were followed.</summary>
    public HttpMethod Method { get; }

    /// <summary>Its URL.</summary>
    public Uri Url { get; }

    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The body as text; at most its first 4 MiB.</summary>
    public string Body { get; }

    /// <summary>A header; several of the same name joined by commas; null when there is none.</summary>
    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The status is the given one.</summary>
    /// <exception cref="CheckFailedException">It is not.</exception>
    public CheckAnswer ExpectStatus(int status) => Hold((int)Status == status, $"status {status}", Summary());

    /// <summary>The body holds the text.</summary>
    /// <exception cref="CheckFailedException">It does not.</exception>
    public CheckAnswer ExpectText(string text) => Hold(Body.Contains(text, StringComparison.Ordinal), $"a body with '{text}'", $"{Summary()} without it");

    /// <summary>The body does not hold the text.</summary>
    /// <exception cref="CheckFailedException">It does.</exception>
    public CheckAnswer ExpectNoText(string text) => Hold(!Body.Contains(text, StringComparison.Ordinal), $"a body without '{text}'", $"{Summary()} with it");

    /// <summary>The header has the value.</summary>
    /// <exception cref="CheckFailedException">It has another or is not there.</exception>
    public CheckAnswer ExpectHeader(string name, string value) =>
        Hold(Header(name) == value, $"header {name}: {value}", Header(name) is { } actual ? $"{name}: {actual}" : "no such header");

    /// <summary>The URL that was reached in the end has the path; for expectations after redirects.</summary>
    /// <exception cref="CheckFailedException">It has another.</exception>
    public CheckAnswer ExpectPath(string path) => Hold(Url.AbsolutePath == path, $"to arrive at {path}", $"{Summary()} at {Url.AbsolutePath}");

    /// <summary>A value in the JSON body equals the given one, compared as JSON.</summary>
    /// <param name="path">Property names and indices: <c>items[0].price</c>; empty for the whole.</param>
    /// <param name="value">A text, number, boolean, null, or anything that is written as JSON.</param>
    /// <exception cref="CheckFailedException">It is another, it is not there, or the body is no JSON.</exception>
    public CheckAnswer ExpectJson(string path, object? value)
    {
        var wanted = JsonSerializer.SerializeToElement(value);
        return ExpectJson(path, wanted.GetRawText(), actual => JsonElement.DeepEquals(actual, wanted));
    }

    /// <summary>A value in the JSON body satisfies a condition.</summary>
    /// <param name="path">As above.</param>
    /// <param name="wanted">The condition in words: <c>at least one product</c>.</param>
    /// <param name="holds">The condition.</param>
    /// <exception cref="CheckFailedException">It does not, it is not there, or the body is no JSON.</exception>
    public CheckAnswer ExpectJson(string path, string wanted, Predicate<JsonElement> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        var where = path.Length == 0 ? "the JSON body" : $"JSON {path}";
        if (JsonPath.Find(Json(), path) is not { } actual)
            throw Failure($"{where} to be {wanted}", "nothing there");
        return Hold(holds(actual), $"{where} to be {wanted}", BodyText.Beginning(actual.GetRawText(), ShownCharacters));
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="CheckFailedException">It is none.</exception>
    public JsonElement Json()
    {
        try
        {
            return JsonElement.Parse(Body);
        }
        catch (JsonException wrong)
        {
            throw Failure("a JSON body", $"{Summary()}, {Header("Content-Type") ?? "no content type"} ({wrong.Message})");
        }
    }

    /// <summary>A failure that names this answer, for checks with conditions of their own: <c>throw answer.Failure("two items", "one")</c>.</summary>
    public CheckFailedException Failure(string expected, string actual)
    {
        var body = Body.Length == 0 ? "(empty)" : BodyText.Beginning(Body, ShownCharacters);
        return new CheckFailedException(redaction.Apply($"{Method} {Url}: expected {expected}, got {actual}; body: {body}"));
    }

    internal string Summary() => string.Create(CultureInfo.InvariantCulture, $"{(int)Status} {reason}").TrimEnd();

    private CheckAnswer Hold(bool holds, string expected, string actual) => holds ? this : throw Failure(expected, actual);
}
