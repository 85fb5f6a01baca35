using Pipeline.Supervision.Checks;

namespace Pipeline.Supervision.Identity;

/// <summary>
/// Finds a process whose supervisor was killed in the moment between starting it and writing that down. Proof: it leads a session, was started with this
/// folder's name in its environment, with the very arguments of the specification, and not by another process of the folder. Linux only.
/// </summary>
internal static class UnrecordedProcesses
{
    internal static IReadOnlyList<ProcessIdentity> Of(string folder, ProcessSpecification specification) =>
        [.. ProcFile.All().Where(id => IsOf(folder, specification, id)).Select(ProcessIdentity.Of).OfType<ProcessIdentity>()];

    private static bool IsOf(string folder, ProcessSpecification specification, int id) =>
        ProcessIdentity.ParentOfSessionLeader(id) is { } parent
        && ProcFile.Variable(id, SpecificationCheck.FolderVariable) == folder
        && ProcFile.Variable(parent, SpecificationCheck.FolderVariable) != folder
        && ProcFile.Read(id, "cmdline") is { } commandLine
        && commandLine.EndsWith(string.Concat(specification.Arguments.Select(argument => argument + '\0')), StringComparison.Ordinal)
        && commandLine.Contains(Path.GetFileName(specification.FileName), StringComparison.Ordinal);
}
