using System.Globalization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Checks.Declared;

namespace Pipeline.Verification.Checks;

/// <summary>
/// Typed HTTP checks of a release: derive, and declare methods with <see cref="CheckAttribute"/>. They run one after another in the order of their declaration,
/// those of a parent class first; each has a session of its own unless it names one to share. A check that fails does not keep the next from running.
/// </summary>
public abstract class CheckSuite : IReleaseCheck
{
    private readonly IReadOnlyList<DeclaredCheck> checks;
    private readonly TimeProvider time;
    private readonly string[] secrets;

    /// <summary>Reads the checks of the derived class.</summary>
    /// <param name="time">The clock of durations and time-outs.</param>
    /// <param name="secrets">
    /// Texts that no message may show: passwords that the checks use. The session adds what it sends in fields named like secrets.
    /// </param>
    /// <exception cref="InvalidOperationException">Checks are declared wrongly; the message names every one.</exception>
    protected CheckSuite(TimeProvider time, params IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        this.secrets = [.. secrets];
        checks = DeclaredChecks.Of(GetType());
    }

    /// <summary>How long the whole suite may take; what has not run by then counts as failed. Default five minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task<CheckReport> RunAsync(DeliveryEnvironment environment, PrivateRoute? route, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environment);
        using var run = new SuiteRun(this, environment, route, secrets, time);
        using var late = new CancellationTokenSource(Timeout, time);
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (check.Attribute.ChangesData && !MayChangeData(environment))
                results.Add(NotRun(check, passed: true, $"left out: it changes data, which {environment.Name} does not allow"));
            else if (late.IsCancellationRequested)
                results.Add(NotRun(check, passed: false, TimeIsOver()));
            else
                results.Add(await run.RunAsync(check, late.Token, cancellation));
        }
        return new CheckReport([.. results, .. NoneRan(environment)]);
    }

    /// <summary>
    /// Whether checks that change data may run in an environment. By default not where a release needs a rehearsal before it may come
    /// (production), and not in any environment named so.
    /// </summary>
    protected virtual bool MayChangeData(DeliveryEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return !environment.RequiresRehearsal && environment.Name != "production";
    }

    private static CheckResult NotRun(DeclaredCheck check, bool passed, string reason) => new(check.Attribute.Name, passed, TimeSpan.Zero, reason);

    private string TimeIsOver() => string.Create(
        CultureInfo.InvariantCulture,
        $"did not run: the {Timeout.TotalSeconds:0.#} s of the whole suite were over; make the checks before it faster or the time longer");

    /// <summary>A suite that left everything out has proven nothing.</summary>
    private IEnumerable<CheckResult> NoneRan(DeliveryEnvironment environment)
    {
        if (checks.Any(check => !check.Attribute.ChangesData) || MayChangeData(environment))
            yield break;
        var reason = $"every check of {GetType().Name} changes data, so none ran in {environment.Name}; add one that only reads";
        yield return new CheckResult("at least one check runs", Passed: false, TimeSpan.Zero, reason);
    }
}
