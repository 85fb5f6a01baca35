using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;
using Pipeline.Verification.Load.Sending;

namespace Pipeline.Verification.Load.Measuring;

/// <summary>Adds up what happens during a load. Its memory grows with the seconds and the kept failures alone.</summary>
internal sealed class LoadTally(LoadTarget target, TimeProvider time)
{
    private const int MostReleases = 100;
    private readonly Lock gate = new();
    private readonly long started = time.GetTimestamp();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly LatencyRecorder all = new();
    private readonly LatencyRecorder succeeded = new();
    private readonly LatencyRecorder lateness = new();
    private readonly SecondSeries seconds = new(target.Progress);
    private readonly Dictionary<LoadFailureKind, long> failures = [];
    private readonly List<LoadFailure> firstFailures = [];
    private readonly Dictionary<string, long> releases = new(StringComparer.Ordinal);
    private TimeSpan lastSent;
    private TimeSpan lastEnded;
    private long sent;

    public long Started => started;

    public void Sent(TimeSpan late)
    {
        lock (gate)
        {
            lastSent = time.GetElapsedTime(started);
            sent++;
            lateness.Record(late);
            seconds.At(lastSent).Sent++;
        }
    }

    public void Ended(LoadRequest request, TimeSpan latency, RequestOutcome outcome)
    {
        lock (gate)
        {
            lastEnded = time.GetElapsedTime(started);
            all.Record(latency);
            var second = seconds.At(lastEnded);
            second.Latency.Record(latency);
            if (outcome.Release is { } release && (releases.ContainsKey(release) || releases.Count < MostReleases))
                releases[release] = releases.GetValueOrDefault(release) + 1;
            if (outcome.Failure is { } kind)
            {
                Fail(request, latency, kind, outcome);
                return;
            }
            succeeded.Record(latency);
            second.Succeeded++;
        }
    }

    public void NotSent(LoadRequest request, TimeSpan late)
    {
        lock (gate)
            Fail(request, late, LoadFailureKind.NotSent, new RequestOutcome(LoadFailureKind.NotSent, "too many requests were waiting for their answers"));
    }

    /// <summary>The report; called when every request has ended.</summary>
    /// <param name="intendedRate">Null for a closed model.</param>
    /// <param name="sender">What sent them.</param>
    public LoadReport Report(double? intendedRate, RequestSender sender)
    {
        lock (gate)
        {
            var sending = lastSent + (intendedRate is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero);
            var report = new LoadReport
            {
                StartedAt = startedAt,
                Duration = lastEnded > lastSent ? lastEnded : lastSent,
                IntendedRate = intendedRate,
                AchievedRate = sending > TimeSpan.Zero ? sent / sending.TotalSeconds : 0,
                Requests = sent + failures.GetValueOrDefault(LoadFailureKind.NotSent),
                Succeeded = succeeded.Count,
                FailuresByKind = new Dictionary<LoadFailureKind, long>(failures),
                FirstFailures = [.. firstFailures],
                Latency = all.Distribution(),
                SucceededLatency = succeeded.Distribution(),
                Lateness = lateness.Distribution(),
                Seconds = seconds.Close(),
                Releases = new Dictionary<string, long>(releases),
                Connections = sender.Connections,
                CutOff = sender.CutOff,
                Checks = [],
            };
            return report with { Checks = LimitChecks.Of(report, target.Limits) };
        }
    }

    private void Fail(LoadRequest request, TimeSpan latency, LoadFailureKind kind, RequestOutcome outcome)
    {
        failures[kind] = failures.GetValueOrDefault(kind) + 1;
        seconds.At(time.GetElapsedTime(started)).Failed++;
        if (firstFailures.Count < target.KeptFailures)
            firstFailures.Add(new LoadFailure(
                time.GetUtcNow(), kind, $"{request.Method} {new Uri(target.Address, request.Path)}", latency.TotalMilliseconds, outcome.Release, outcome.Detail));
    }
}

/// <summary>How one request ended.</summary>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="Detail">What went wrong; empty when nothing did.</param>
/// <param name="Release">The release that answered; null when none said so.</param>
internal sealed record RequestOutcome(LoadFailureKind? Failure, string Detail = "", string? Release = null);
