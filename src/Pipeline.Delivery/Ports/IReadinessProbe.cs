using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Ports;

/// <summary>Asks an instance whether it is ready for traffic.</summary>
public interface IReadinessProbe
{
    /// <summary>Asks once. Never throws for what the instance does or does not answer.</summary>
    Task<ProbeAnswer> ProbeAsync(Instance instance, CancellationToken cancellation);
}

/// <summary>The answer to a probe.</summary>
/// <param name="Ready">Whether it means ready.</param>
/// <param name="Text">The answer, for people: status and the beginning of the body, or why there was none.</param>
public sealed record ProbeAnswer(bool Ready, string Text);
