using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Delivery.Ports;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>Reads how long each step took from what a deployment tells.</summary>
internal sealed partial class StepTimes : IDeliveryLog
{
    private readonly Dictionary<string, double> present = [];

    /// <summary>The steps told since the last call, in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Take()
    {
        lock (present)
        {
            var taken = new Dictionary<string, double>(present);
            present.Clear();
            return taken;
        }
    }

    public void Information(string message)
    {
        if (Step().Match(message) is not { Success: true } step)
            return;
        lock (present)
            present[step.Groups[1].Value] = double.Parse(step.Groups[2].Value, CultureInfo.InvariantCulture);
    }

    public void Warning(string message) => Console.Error.WriteLine(message);

    [GeneratedRegex(@"^\w+: (\w+)\b.*\((\d+) ms\)$", RegexOptions.Singleline)]
    private static partial Regex Step();
}
