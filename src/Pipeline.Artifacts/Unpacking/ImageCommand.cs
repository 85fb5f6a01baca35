using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>Turns what an image says about its start into what can be started outside a container.</summary>
internal static class ImageCommand
{
    /// <exception cref="DeliveryException">The image has no application, or does not say how it is started.</exception>
    public static ApplicationFiles Resolve(Image image, ImageTree tree, string root)
    {
        if (image.FirstApplicationLayer == image.Manifest.Layers.Count)
            throw new DeliveryException($"artifact {image.Digest} is the image of a system and has no application in it; give the digest of an application's image");
        var execution = image.Configuration.Execution;
        string[] command = [.. execution?.Entrypoint ?? [], .. execution?.Command ?? []];
        if (command.Length == 0)
            throw new DeliveryException($"artifact {image.Digest} has neither Entrypoint nor Cmd, so nothing says how it is started; build it with an Entrypoint");
        return new ApplicationFiles(
            root,
            [.. command.Select(word => IsInside(word, tree) ? Path.Combine(root, word.TrimStart('/')) : word)],
            (execution?.Environment ?? []).Where(variable => IsOfTheApplication(variable, image)).Select(variable => variable.Split('=', 2)).Where(pair => pair.Length == 2)
                .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal),
            Path.Combine(root, image.WorkingDirectory));
    }

    /// <summary>What a base says, its PATH first of all, is meant for the base's own files.</summary>
    private static bool IsOfTheApplication(string variable, Image image) =>
        image.Label(AnnotationKeys.ApplicationEnvironment) is not { } names || names.Split(',').Contains(variable.Split('=', 2)[0]);

    private static bool IsInside(string word, ImageTree tree) => word.StartsWith('/') && tree.Contains(word.Trim('/'));
}
