using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Edge.Administration;

namespace Pipeline.Edge.CommandLine;

/// <summary>Answers of the control socket as people read them.</summary>
internal static class StatusText
{
    public static string Render(string body)
    {
        if (body.StartsWith("{\"inFlight\"", StringComparison.Ordinal))
        {
            var left = JsonSerializer.Deserialize(body, EdgeJson.Compact.DrainAnswer)!.InFlight;
            return left == 0 ? "drained: nothing is in flight" : $"not drained: {left} requests were still in flight";
        }
        return Render(JsonSerializer.Deserialize(body, EdgeJson.Compact.StatusDocument)!);
    }

    private static string Render(StatusDocument status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"listening  {string.Join(", ", status.Listening)} since {status.StartedAt:u}, {status.Connections} connections, token {status.Fence}\n");
        if (status.HoldUntil is { } until)
            text.Append(CultureInfo.InvariantCulture, $"holding    {status.Held} requests until {until:u} at the latest\n");
        if (status.Backends.Count == 0)
            text.Append("nothing is routed\n");
        foreach (var side in status.Backends)
        {
            text.Append(CultureInfo.InvariantCulture, $"{side.Colour,-6} {side.Weight,3} %  {side.Digest[..19]}  {side.Traffic.Requests} requests, {side.Traffic.Failures} failed, {side.InFlight} in flight\n");
            foreach (var destination in side.Destinations)
                text.Append(CultureInfo.InvariantCulture, $"  {(destination.Healthy ? "healthy  " : "unhealthy")}  {destination.Instance}  {destination.Address}  {destination.LastProbe}\n");
        }
        return text.ToString().TrimEnd();
    }
}
