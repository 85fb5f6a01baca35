using System.Globalization;
using Pipeline.Delivery.Ports;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Load.Measuring;

/// <summary>Holds the numbers of a load against its limits.</summary>
internal static class LimitChecks
{
    public static IReadOnlyList<CheckResult> Of(LoadReport report, LoadLimits limits) =>
    [
        .. Rate(report, limits.AchievedRate),
        Errors(report, limits.ErrorRate),
        .. Quantile(report, "median", 0.5, limits.Median),
        .. Quantile(report, "p95", 0.95, limits.P95),
        .. Quantile(report, "p99", 0.99, limits.P99),
        .. Quantile(report, "p99.9", 0.999, limits.P999),
    ];

    private static IEnumerable<CheckResult> Rate(LoadReport report, double share) => report.IntendedRate is not { } intended
        ? []
        : [Check(report, $"at least {share * 100:0.##} % of the intended rate sent", report.AchievedRate >= share * intended,
            $"{report.AchievedRate:0.#} of {intended:0.#} a second, half of them at most {report.Lateness.P50Milliseconds:0.##} ms late")];

    private static CheckResult Errors(LoadReport report, double rate) => Check(
        report, $"at most {rate * 100:0.##} % of the requests failed", report.Requests > 0 && report.Failed <= rate * report.Requests,
        $"{report.Failed} of {report.Requests}{(report.Failed == 0 ? "" : ": ")}{Kinds(report)}");

    private static IEnumerable<CheckResult> Quantile(LoadReport report, string name, double quantile, TimeSpan? limit) => limit is not { } most
        ? []
        : [Bounded(report, $"{name} at most {most.TotalMilliseconds:0.##} ms", report.Latency.QuantileMilliseconds(quantile), most)];

    private static CheckResult Bounded(LoadReport report, FormattableString name, double milliseconds, TimeSpan most) =>
        Check(report, name, milliseconds <= most.TotalMilliseconds, $"{milliseconds:0.##} ms");

    private static string Kinds(LoadReport report) => string.Join(", ", report.FailuresByKind.Select(kind => Invariant($"{kind.Value} {kind.Key}")));

    private static CheckResult Check(LoadReport report, FormattableString name, bool passed, FormattableString detail) =>
        new(Invariant(name), passed, report.Duration, Invariant(detail));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
