using System.Globalization;
using System.Runtime.InteropServices;
using Pipeline.Artifacts.Systems;

namespace Pipeline.Images.Recipes;

/// <summary>Debian with the .NET runtime that this program itself runs on, ASP.NET Core included.</summary>
public sealed record DotNetRecipe : IImageRecipe
{
    private const string Target = "/usr/share/dotnet";

    private static readonly string[] Loose = ["dotnet", "LICENSE.txt", "ThirdPartyNotices.txt"];

    /// <inheritdoc />
    public string Name { get; init; } = "base";

    /// <inheritdoc />
    public IImageRecipe? Below { get; init; } = new DebianRecipe();

    /// <summary>The folder that .NET is installed in; default: the one that this program runs from.</summary>
    public string Installation { get; init; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Runtime => Environment.Version.ToString(3);

    private IEnumerable<string> Folders => [
        Path.Combine("host", "fxr", Newest("host/fxr")),
        Path.Combine("shared", "Microsoft.NETCore.App", Runtime),
        Path.Combine("shared", "Microsoft.AspNetCore.App", Newest("shared/Microsoft.AspNetCore.App"))];

    /// <inheritdoc />
    public IReadOnlyList<string> Inputs => [
        Runtime,
        .. Files().Select(file => string.Create(CultureInfo.InvariantCulture, $"{file} {new FileInfo(Path.Combine(Installation, file)).Length}")).Order(StringComparer.Ordinal)];

    /// <inheritdoc />
    public IReadOnlyList<string> Faults() =>
        [.. Folders.Concat(["dotnet"]).Select(part => Path.Combine(Installation, part)).Where(path => !Path.Exists(path))
            .Select(path => $"{path} is not there; install the ASP.NET Core runtime {Runtime}, from a package or Microsoft's script")];

    /// <inheritdoc />
    public Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        foreach (var file in Files())
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = Path.Combine(work.Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Installation, file), copy);
        }
        return Task.FromResult(new SystemImageSpecification
        {
            Title = $".NET {Runtime} on Debian",
            Version = Runtime,
            Created = NewestFile(work.Folder),
            Layers = [new(work.Folder, Target)],
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{Target}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                ["DOTNET_ROOT"] = Target,
                ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
                ["DOTNET_VERSION"] = Runtime,
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            },
        });
    }

    private IEnumerable<string> Files() => Folders.Select(folder => Path.Combine(Installation, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Select(file => Path.GetRelativePath(Installation, file))
        .Concat(Loose.Where(file => File.Exists(Path.Combine(Installation, file))));

    /// <summary>The times of a runtime's files are those of its making, wherever it is installed.</summary>
    private static DateTimeOffset NewestFile(string folder) => Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories)
        .Max(file => DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeSeconds()));

    /// <summary>The newest of the versions that belong to this runtime's major version.</summary>
    private string Newest(string part)
    {
        var folder = Path.Combine(Installation, part);
        var versions = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Where(name => Version.TryParse(name, out var version) && version.Major == Environment.Version.Major)
            : [];
        return versions.MaxBy(name => Version.Parse(name!)) ?? Runtime;
    }
}
