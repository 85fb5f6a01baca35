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
        var endless = (int)answer.StatusCode == StatusCodes.Status101SwitchingProtocols
            || answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        if (endless)
            untilStream = time.GetElapsedTime(arrived);
    }

    public TimeSpan Latency() => untilStream ?? time.GetElapsedTime(arrived);
}
