namespace Pipeline.Supervision.Checks;

/// <summary>Where a program lies.</summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a program named by path or by name; null when it is not there or not executable.</summary>
    internal static string? Find(string program, string? searchPath) => program.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(program)
        ? Candidates([program])
        : Candidates((searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)));

    private static string? Candidates(IEnumerable<string> paths) => paths.FirstOrDefault(path => Path.IsPathRooted(path) && IsExecutable(path));

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
}
