using System.Globalization;
using System.Net;
using System.Text;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>
/// Primary and secondary limits of requests: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api. What they refuse was not carried out.
/// </summary>
internal static class RateLimit
{
    // What GitHub asks for where it does not say how long.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before the request is sent again; null when no limit refused it.</summary>
    public static TimeSpan? Wait(Answer answer, DateTimeOffset now)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;
        if (Seconds(answer.Header("retry-after")) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        if (RetryDate(answer.Header("retry-after"), now) is { } pause)
            return pause;
        if (answer.Header("x-ratelimit-remaining") == "0" && Seconds(answer.Header("x-ratelimit-reset")) is { } reset)
            return Later(DateTimeOffset.FromUnixTimeSeconds(reset) - now);
        return answer.Status == HttpStatusCode.TooManyRequests || Encoding.UTF8.GetString(answer.Body).Contains("rate limit", StringComparison.OrdinalIgnoreCase) ? Unsaid : null;
    }

    private static TimeSpan? RetryDate(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? Later(until - now) : null;

    // Clocks differ by a second; a limit that is over by theirs may not be by ours.
    private static TimeSpan Later(TimeSpan wait) => (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimeSpan.FromSeconds(1);

    private static long? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_000 ? seconds : null;
}
