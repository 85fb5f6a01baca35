namespace Pipeline.Delivery.Ports;

/// <summary>An engine on those of its hosts that answer.</summary>
/// <param name="Engine">Sees, starts and stops on these hosts alone; instances of the others get a place on them.</param>
/// <param name="LeftOut">The hosts that do not answer, each with the reason and the remedy; empty when all do.</param>
public sealed record ReachableEngine(IEngine Engine, IReadOnlyList<string> LeftOut);
