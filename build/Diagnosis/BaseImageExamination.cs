using Pipeline.Applications.Images;
using Pipeline.Delivery;

namespace Build.Diagnosis;

/// <summary>The artifact is built upon an image, without which it cannot run in a container.</summary>
public sealed class BaseImageExamination(ImageHouse images) : IExamination
{
    public Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Observation>>([Examine()]);

    private Observation Examine()
    {
        try
        {
            if (images.BaseDigest is { } digest)
                return new("base image", true, $"{images.Named} is {digest}");
            return images.BaseFaults is { Count: > 0 } faults
                ? new("base image", false, $"none is named with --base-image or PIPELINE_BASE_IMAGE, and none can be made here: {string.Join("; ", faults)}")
                : new("base image", true, images.OwnBaseDigest is { } made ? $"none is named; this machine's own is {made}" : "none is named; this machine makes its own when the first artifact is built");
        }
        catch (DeliveryException fault)
        {
            return new("base image", false, fault.Message);
        }
    }
}
