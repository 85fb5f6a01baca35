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
            return images.BaseDigest is { } digest
                ? new("base image", true, $"{images.Named} is {digest}")
                : new("base image", false, "none is named; make one with --target BuildBaseImage, then pass its folder with --base-image or PIPELINE_BASE_IMAGE");
        }
        catch (DeliveryException fault)
        {
            return new("base image", false, fault.Message);
        }
    }
}
