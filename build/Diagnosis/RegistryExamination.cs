using Pipeline.Applications.Registries;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Build.Diagnosis;

/// <summary>The registry answers, and lets us read. What may be written there is known only by writing.</summary>
public sealed class RegistryExamination(ReleaseRegistry registry) : IExamination
{
    private static readonly Digest Nothing = Digest.Parse($"sha256:{new string('0', 64)}");

    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        if (registry.Repository is not { } repository)
            return [];
        try
        {
            await registry.Client.ResolveAsync(RegistryReference.Of(repository, Nothing), cancellation);
            return [new("registry", true, $"{repository} answers and lets us read")];
        }
        catch (DeliveryException fault)
        {
            return [new("registry", false, fault.Message)];
        }
    }
}
