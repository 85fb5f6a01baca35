using Pipeline.Targets;

namespace Build.Targets;

/// <summary>What <c>--release</c> means where a release goes to production.</summary>
internal static class RehearsedRelease
{
    /// <summary>Whether --release names what goes to production on the strength of earlier evidence, rather than what is to be rehearsed now.</summary>
    public static bool IsNamed(TargetContext context) =>
        context.Get(DeliveryParameters.Release) is not null && !context.IsRequested<DeployStaging>() && !context.IsRequested<SmokeTest>();
}
