using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Deployments;

/// <summary>Finds out whether a release already serves an environment as it would after being deployed now.</summary>
/// <param name="ports">The environment.</param>
/// <param name="ledger">The record of what should be.</param>
public sealed class ServingDeployment(EnvironmentPorts ports, ILedger ledger)
{
    /// <summary>
    /// The deployment when the release serves, the environment is healthy, no deployment is unfinished and all instances have the present settings; null when
    /// anything of that is not so. Changes nothing, and starts nothing in an environment that is not healthy.
    /// </summary>
    public async Task<Deployment?> FindAsync(Release release, CancellationToken cancellation)
    {
        if (await ledger.FindUnfinishedAsync(ports.Environment.Name, cancellation) is not null)
            return null;
        var observed = await new EnvironmentObserver(ports, ledger).ObserveAsync(cancellation);
        if (observed is not { State: EnvironmentState.Healthy, Since: { } since } || observed.Release?.Digest != release.Digest)
            return null;
        var settings = await ports.Settings.ReadAsync(release, cancellation);
        var wanted = new InstanceSpecification("", Colour.Blue, release.Digest, settings, default).SettingsFingerprint();
        var serving = (await ports.Engine.ObserveAsync(cancellation)).Where(instance => instance.Colour == observed.Colour).ToArray();
        return serving.Length == ports.Environment.Instances && serving.All(instance => instance.SettingsFingerprint == wanted)
            ? new(ports.Environment.Name, ports.Environment.Url, observed.Release, since)
            : null;
    }
}
