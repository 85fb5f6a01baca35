using System.IO.Enumeration;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>Goes through a folder without following links.</summary>
internal static class TreeWalk
{
    public static IEnumerable<string> Entries(string root) => new FileSystemEnumerable<string>(
        root,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
    {
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };
}
