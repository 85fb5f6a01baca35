using System.Globalization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Checks.Sessions;

namespace Pipeline.Verification.Checks.Declared;

/// <summary>One run of a suite: its sessions and the secrets it has used.</summary>
internal sealed class SuiteRun(CheckSuite suite, DeliveryEnvironment environment, PrivateRoute? route, IEnumerable<string> secrets, TimeProvider time) : IDisposable
{
    private readonly Redaction redaction = new(secrets);
    private readonly Dictionary<string, CheckSession> shared = new(StringComparer.Ordinal);
    private readonly List<CheckSession> all = [];

    public async Task<CheckResult> RunAsync(DeclaredCheck check, CancellationToken suiteIsLate, CancellationToken cancellation)
    {
        var timeout = TimeSpan.FromSeconds(check.Attribute.TimeoutSeconds);
        using var late = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, suiteIsLate, cancellation);
        var session = SessionFor(check.Attribute);
        session.Begin(stop.Token);
        var started = time.GetTimestamp();
        string? fault;
        try
        {
            // A check may not heed its cancellation; the suite goes on without it.
            await check.Invoke(suite, session).WaitAsync(stop.Token);
            fault = session.HasAsked ? null : "the check made no request, so it has proven nothing";
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"not done within {timeout.TotalSeconds} s; last request: {session.Last}");
        }
        catch (OperationCanceledException) when (suiteIsLate.IsCancellationRequested)
        {
            fault = $"stopped because the time of the whole suite was over; last request: {session.Last}";
        }
        catch (CheckFailedException failed)
        {
            fault = failed.Message;
        }
#pragma warning disable CA1031 // The check is code of the user: whatever it throws is its outcome, and the report says so.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            fault = $"the check threw {thrown.GetType().Name}: {thrown.Message}; last request: {session.Last}";
        }
        return new CheckResult(check.Attribute.Name, fault is null, time.GetElapsedTime(started), redaction.Apply(fault ?? session.Last));
    }

    public void Dispose() => all.ForEach(session => session.Dispose());

    private CheckSession SessionFor(CheckAttribute check)
    {
        if (check.Session is { } name && shared.TryGetValue(name, out var existing))
            return existing;
        var session = new CheckSession(environment, route, redaction);
        all.Add(session);
        if (check.Session is not null)
            shared.Add(check.Session, session);
        return session;
    }
}
