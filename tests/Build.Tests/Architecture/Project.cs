using System.Xml.Linq;

namespace Build.Tests.Architecture;

/// <summary>A project of the repository: its room, the projects it knows, and which libraries from outside it asks for.</summary>
internal sealed record Project(string Room, IReadOnlyList<string> Knows, bool UsesCake, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<Project> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Repository.File("build", "Build.csproj")).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(Read),
    ];

    private static Project Read(string file)
    {
        var xml = XDocument.Load(file);
        var folder = Path.GetDirectoryName(file)!;
        return new Project(
            RoomOf(folder),
            [.. Values(xml, "ProjectReference").Concat(Values(xml, "PlacedProgram")).Where(path => !path.StartsWith("@(", StringComparison.Ordinal))
                .Select(path => RoomOf(Path.GetDirectoryName(Path.GetFullPath(path, folder))!))],
            xml.Descendants("UsesCake").Any(element => element.Value == "true"),
            [.. Values(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Values(XDocument xml, string item) => xml.Descendants(item).Select(element => element.Attribute("Include")!.Value);

    private static string RoomOf(string folder) => Path.GetRelativePath(Repository.Root, folder).Replace('\\', '/');
}
