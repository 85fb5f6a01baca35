using System.Globalization;
using Pipeline.Edge.Administration;

namespace Pipeline.Edge.CommandLine;

/// <summary><c>edge weights blue=95 green=5</c>.</summary>
internal static class WeightsWords
{
    public static Func<ControlClient, long, Task<ControlAnswer>>? Prepare(CommandArguments arguments, List<string> faults)
    {
        var weights = new Dictionary<string, int>();
        foreach (var word in arguments.Words)
        {
            var parts = word.Split('=');
            if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight <= 100)
                weights[parts[0]] = weight;
            else
                faults.Add($"edge weights: '{word}' is no weight; write COLOUR=0 to COLOUR=100");
        }
        if (arguments.Words.Count == 0)
            faults.Add("edge weights: no weight is given; write blue=95 green=5");
        return (client, fence) => client.SendAsync(HttpMethod.Put, "/weights", new WeightsOrder(fence, weights), EdgeJson.Compact.WeightsOrder);
    }
}
