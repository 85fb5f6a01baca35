using System.Globalization;
using System.Net;
using System.Text;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>
/// Primary and secondary limits of requests: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api. What they refuse was not carried out.
/// </summary>
internal static class RateLimit
{
    // Of the last year that a date can have.
    private const long LastSecond = 253_402_300_799;

    // What GitHub asks for where it does not say how long.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    // Longer than anybody waits, and what a clock can still add to its time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>How long to wait before the request is sent again; null when no limit refused it.</summary>
    public static TimeSpan? Wait(Answer answer, DateTimeOffset now)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;
        if (Asked(answer, now) is { } pause)
            return pause;
        if (answer.Header("x-ratelimit-remaining") == "0" && Seconds(answer.Header("x-ratelimit-reset")) is { } reset)
            return Later(DateTimeOffset.FromUnixTimeSeconds(reset) - now);
        return answer.Status == HttpStatusCode.TooManyRequests || Encoding.UTF8.GetString(answer.Body).Contains("rate limit", StringComparison.OrdinalIgnoreCase) ? Unsaid : null;
    }

    /// <summary>How long an answer of any status asks to wait: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; null where it does not.</summary>
    public static TimeSpan? Asked(Answer answer, DateTimeOffset now)
    {
        var text = answer.Header("retry-after");
        return Seconds(text) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds)) : RetryDate(text, now);
    }

    private static TimeSpan? RetryDate(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? Later(until - now) : null;

    // Clocks differ by a second; a limit that is over by theirs may not be by ours.
    private static TimeSpan Later(TimeSpan wait) => TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, Longest.Ticks)) + TimeSpan.FromSeconds(1);

    private static long? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, LastSecond) : null;
}
