using System.Net;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
/// <param name="Headers">The headers that matter here, by their names in small letters.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly string[] Kept = ["etag", "link", "location", "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset", "x-github-request-id"];

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) => new(
        response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellation),
        Kept.Select(name => (Name: name, Value: response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null))
            .Where(header => header.Value is not null).ToDictionary(header => header.Name, header => header.Value!, StringComparer.Ordinal));
}
