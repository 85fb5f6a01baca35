using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Images;
using Pipeline.Testing.Docker.Engines;

namespace Pipeline.Testing.Docker.Images;

/// <summary>
/// The images that this repository's recipes make, kept on the machine from test run to test run: the first one installs Debian packages for a minute, the others
/// find them. Where they cannot be made, the test skips with the reason.
/// </summary>
public static class SystemImages
{
    /// <summary>Where they are kept.</summary>
    public static string Root { get; } = Path.Combine("/var/tmp", "pipeline-test-images");

    /// <summary>The image of a recipe.</summary>
    public static async Task<BaseImage> EnsureAsync(IImageRecipe recipe)
    {
        Needs.That(Environment.IsPrivilegedProcess, "systems are installed into folders by root only");
        Needs.Program("debootstrap");
        try
        {
            return await new ImageFolder(Root, new Silence()).EnsureAsync(recipe, CancellationToken.None);
        }
        catch (DeliveryException refused)
        {
            Needs.That(present: false, refused.Message);
            throw;
        }
    }

    /// <summary>Loads an image into an engine, unless it has it.</summary>
    public static async Task LoadAsync(TestEngine engine, BaseImage image, string name)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(image);
        if ((await engine.TryAsync("image", "inspect", name)).ExitCode == 0)
            return;
        using var folder = new TemporaryDirectory();
        var archive = folder.Combine("image.tar");
        await using (var output = File.Create(archive))
            await DockerArchive.WriteAsync(image, [name], output, CancellationToken.None);
        await engine.LoadAsync(archive);
    }

    private sealed class Silence : IDeliveryLog
    {
        public void Information(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
