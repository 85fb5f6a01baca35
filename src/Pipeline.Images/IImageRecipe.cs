using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;

namespace Pipeline.Images;

/// <summary>How an image of a system is made on this machine, from its package sources and not from a registry.</summary>
public interface IImageRecipe
{
    /// <summary>The name of the image and of its folder: <c>base</c>, <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>The recipe of the image that this one stands upon; null when it stands alone.</summary>
    IImageRecipe? Below { get; }

    /// <summary>Everything that the image depends on. As long as none of it changes, the image is not made again.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Says all that this machine lacks for it; empty when nothing.</summary>
    IReadOnlyList<string> Faults();

    /// <summary>Installs the system and says what the image is to be made of.</summary>
    /// <exception cref="DeliveryException">A program failed; the message has its last lines.</exception>
    Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation);
}
