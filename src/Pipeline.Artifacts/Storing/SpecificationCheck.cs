using System.Text.RegularExpressions;
using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>Says everything that is wrong with a specification at once.</summary>
internal static partial class SpecificationCheck
{
    private const string TimeOfCommit = "the commit's time";

    public static IEnumerable<string> Faults(ImageSpecification image) =>
    [
        .. Identity("application", image.Title, image.Version, image.Commit, image.Created, TimeOfCommit),
        .. image.Entrypoint.Count == 0 ? ["Entrypoint is empty; name the program that starts the application"] : Nothing,
        .. Path("WorkingDirectory", image.WorkingDirectory),
        .. image.Layers.Count == 0 ? ["Layers is empty; give the folder of the published application"] : Nothing,
        .. image.Layers.SelectMany(layer => Path("layer target", layer.Target)),
        .. Variables(image.Environment.Keys),
        .. from name in image.Environment.Keys where name is "PIPELINE_VERSION" or "PIPELINE_COMMIT" select $"Environment: {name} is set from the image's own facts; take it out",
        .. LabelNames(image.Labels.Keys),
    ];

    public static IEnumerable<string> Faults(ImportedImage image) => Identity("application", image.Title, image.Version, image.Commit, image.Created, TimeOfCommit);

    public static IEnumerable<string> Faults(SystemImageSpecification image) =>
    [
        .. Identity("system", image.Title, image.Version, commit: null, image.Created, "the time of what is in it"),
        .. Path("WorkingDirectory", image.WorkingDirectory),
        .. image.Systems.Count + image.Layers.Count == 0 ? ["neither Systems nor Layers has a folder; give the root folder that a system was installed into"] : Nothing,
        .. image.Layers.SelectMany(layer => Path("layer target", layer.Target)),
        .. Variables(image.Environment.Keys),
        .. LabelNames(image.Labels.Keys),
    ];

    public static DeliveryException Refusal(string name, IEnumerable<string> faults) =>
        new($"the image of {name} cannot be built:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");

    private static IEnumerable<string> Nothing => [];

    private static IEnumerable<string> Identity(string kind, string title, string version, string? commit, DateTimeOffset created, string time)
    {
        if (string.IsNullOrWhiteSpace(title))
            yield return $"Title is empty; name the {kind}";
        if (!Version().IsMatch(version))
            yield return $"Version '{version}' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit";
        if (commit is not null && !Commit().IsMatch(commit))
            yield return $"Commit '{commit}' is no full commit id; give 40 or 64 lower-case hexadecimal digits";
        if (created < DateTimeOffset.UnixEpoch)
            yield return $"Created {created:u} lies before 1970; give {time}";
    }

    private static IEnumerable<string> Path(string what, string path)
    {
        if (!IsPlainPath(path))
            yield return $"{what} '{path}' is no absolute path in the image; write one such as /app";
    }

    private static IEnumerable<string> Variables(IEnumerable<string> names) =>
        from name in names where !VariableName().IsMatch(name) select $"Environment: '{name}' is no name of a variable; use letters, digits and _";

    private static IEnumerable<string> LabelNames(IEnumerable<string> names) =>
        from name in names where string.IsNullOrWhiteSpace(name) select $"Labels: the name '{name}' is empty; give it one";

    private static bool IsPlainPath(string path) =>
        path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Any(segment => segment is "." or "..");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,127}\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
