using System.Text.RegularExpressions;
using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>Says everything that is wrong with a specification at once.</summary>
internal static partial class SpecificationCheck
{
    public static IEnumerable<string> Faults(ImageSpecification image)
    {
        if (string.IsNullOrWhiteSpace(image.Title))
            yield return "Title is empty; name the application";
        if (!Version().IsMatch(image.Version))
            yield return $"Version '{image.Version}' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit";
        if (!Commit().IsMatch(image.Commit))
            yield return $"Commit '{image.Commit}' is no full commit id; give 40 or 64 lower-case hexadecimal digits";
        if (image.Created < DateTimeOffset.UnixEpoch)
            yield return $"Created {image.Created:u} lies before 1970; give the commit's time";
        if (image.Entrypoint.Count == 0)
            yield return "Entrypoint is empty; name the program that starts the application";
        if (!IsPlainPath(image.WorkingDirectory))
            yield return $"WorkingDirectory '{image.WorkingDirectory}' is no absolute path in the image; write one such as /app";
        if (image.Layers.Count == 0)
            yield return "Layers is empty; give the folder of the published application";
        foreach (var layer in image.Layers.Where(layer => !IsPlainPath(layer.Target)))
            yield return $"layer target '{layer.Target}' is no absolute path in the image; write one such as /app";
        foreach (var name in image.Environment.Keys.Where(name => !VariableName().IsMatch(name)))
            yield return $"Environment: '{name}' is no name of a variable; use letters, digits and _";
        foreach (var name in image.Environment.Keys.Where(name => name is "PIPELINE_VERSION" or "PIPELINE_COMMIT"))
            yield return $"Environment: {name} is set from the image's own facts; take it out";
        foreach (var name in image.Labels.Keys.Where(string.IsNullOrWhiteSpace))
            yield return $"Labels: the name '{name}' is empty; give it one";
    }

    public static IEnumerable<string> Faults(ImportedImage image)
    {
        if (string.IsNullOrWhiteSpace(image.Title))
            yield return "Title is empty; name the application";
        if (!Version().IsMatch(image.Version))
            yield return $"Version '{image.Version}' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit";
        if (!Commit().IsMatch(image.Commit))
            yield return $"Commit '{image.Commit}' is no full commit id; give 40 or 64 lower-case hexadecimal digits";
        if (image.Created < DateTimeOffset.UnixEpoch)
            yield return $"Created {image.Created:u} lies before 1970; give the commit's time";
    }

    public static IEnumerable<string> Faults(SystemImageSpecification image)
    {
        if (string.IsNullOrWhiteSpace(image.Title))
            yield return "Title is empty; name the system";
        if (!Version().IsMatch(image.Version))
            yield return $"Version '{image.Version}' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit";
        if (image.Created < DateTimeOffset.UnixEpoch)
            yield return $"Created {image.Created:u} lies before 1970; give the time of what is in it";
        if (!IsPlainPath(image.WorkingDirectory))
            yield return $"WorkingDirectory '{image.WorkingDirectory}' is no absolute path in the image; write one such as /app";
        if (image.Systems.Count + image.Layers.Count == 0)
            yield return "neither Systems nor Layers has a folder; give the root folder that a system was installed into";
        foreach (var layer in image.Layers.Where(layer => !IsPlainPath(layer.Target)))
            yield return $"layer target '{layer.Target}' is no absolute path in the image; write one such as /app";
        foreach (var name in image.Environment.Keys.Where(name => !VariableName().IsMatch(name)))
            yield return $"Environment: '{name}' is no name of a variable; use letters, digits and _";
        foreach (var name in image.Labels.Keys.Where(string.IsNullOrWhiteSpace))
            yield return $"Labels: the name '{name}' is empty; give it one";
    }

    public static DeliveryException Refusal(string name, IEnumerable<string> faults) =>
        new($"the image of {name} cannot be built:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");

    private static bool IsPlainPath(string path) =>
        path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Any(segment => segment is "." or "..");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,127}\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
