using Pipeline.Applications.SupplyChain;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Build.Diagnosis;

/// <summary>There is a key to sign with, or one can be made, and its signatures count.</summary>
public sealed class SigningExamination(ArtifactKeys keys) : IExamination
{
    private const string Subject = "signing key";
    private static readonly Digest None = Digest.Parse("sha256:" + new string('0', 64));

    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            var trust = await keys.ReadTrustAsync(None, offered: [], ledger: null, cancellation);
            if (await keys.FindSigningKeyAsync(cancellation) is not { } own)
                return [new(Subject, Sound: true, "none yet; this machine's own is made when the first artifact is signed")];
            var known = trust.Keys.FirstOrDefault(trusted => trusted.Key == own);
            return [known is null
                ? new(Subject, Sound: false, $"key {own} signs here, and its signatures do not count; {trust.Remedy}")
                : new(Subject, Sound: true, $"key {own} ({known.Origin}){(keys.IsConfigured ? "" : "; no trusted keys are configured, so this machine's own counts")}")];
        }
        catch (DeliveryException fault)
        {
            return [new(Subject, Sound: false, fault.Message)];
        }
    }
}
