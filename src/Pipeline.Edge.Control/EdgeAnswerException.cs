using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;

namespace Pipeline.Edge.Control;

/// <summary>The edge did not follow an order.</summary>
/// <param name="reason">In the edge's words.</param>
/// <param name="status">The HTTP status that says whose fault it is.</param>
[SuppressMessage("Design", "CA1064", Justification = "Never leaves this library: callers see a DeliveryException.")]
internal sealed class EdgeAnswerException(string reason, HttpStatusCode status) : Exception(reason)
{
    public HttpStatusCode Status => status;

    public static async Task<EdgeAnswerException> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var document = JsonDocument.Parse(body);
            return new EdgeAnswerException(document.RootElement.GetProperty("error").GetString() ?? body, response.StatusCode);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new EdgeAnswerException($"it answered {(int)response.StatusCode} {body}", response.StatusCode);
        }
    }
}
