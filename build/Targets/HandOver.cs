using Cake.Frosting;
using Pipeline.GitHub.Running;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Builds and signs the artifact, sends it to the registry when one is named, and tells later jobs its digest")]
public sealed class HandOver(PushImage image, Attest origin, SecretMask mask) : Target
{
    public const string DigestOutput = "digest";

    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        StepOutput.OfThisStep(mask.Hide).Write(DigestOutput, image.Result.Digest.ToString());
        context.Say($"{image.Result.Digest}  {(origin.Result.Key.Length == 0 ? "signed when it was built" : $"signed by key {origin.Result.Key}")}");
        return Task.CompletedTask;
    }
}
