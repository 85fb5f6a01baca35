using Microsoft.AspNetCore.Http;

namespace Pipeline.Edge.Forwarding;

/// <summary>When one request came and how far its answer got.</summary>
internal sealed class RequestProgress(TimeProvider time)
{
    private readonly long arrived = time.GetTimestamp();
    private TimeSpan? untilStream;

    /// <summary>The instance's answer began. A stream that lasts as long as its user likes counts as answered now.</summary>
    public void AnswerBegan(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode == StatusCodes.Status101SwitchingProtocols || IsEventStream(answer.Content))
            untilStream = time.GetElapsedTime(arrived);
    }

    // Read as it stands: parsing every answer's media type would cost more than all else that is done here.
    private static bool IsEventStream(HttpContent content)
    {
        if (!content.Headers.NonValidated.TryGetValues("Content-Type", out var types))
            return false;
        foreach (var type in types)
        {
            var parameters = type.IndexOf(';', StringComparison.Ordinal);
            if (type.AsSpan(0, parameters < 0 ? type.Length : parameters).Trim().Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    public TimeSpan Latency() => untilStream ?? time.GetElapsedTime(arrived);
}
