using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Deployments;

/// <summary>Check reports in words.</summary>
internal static class Checks
{
    public static void Report(IDeliveryLog log, CheckReport report)
    {
        foreach (var check in report.Checks)
        {
            var line = $"{(check.Passed ? "✓" : "✗")} {check.Name}: {check.Detail} ({check.Duration.TotalMilliseconds:0} ms)";
            if (check.Passed)
                log.Information(line);
            else
                log.Warning(line);
        }
    }

    public static string Failures(CheckReport report) => report.Checks.Count == 0
        ? "there are no checks; add one to the environment's check suite"
        : string.Join("; ", report.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Detail}"));
}
