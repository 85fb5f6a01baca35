namespace Pipeline.Images.Running;

/// <summary>Says what this machine lacks to install systems into folders.</summary>
internal static class Prerequisites
{
    /// <param name="programs">The programs, each with the package of Debian that has it.</param>
    public static IEnumerable<string> Faults(params (string Program, string Package)[] programs)
    {
        if (!OperatingSystem.IsLinux())
            yield return "systems are installed on Linux only; make the image on a Linux machine and copy its folder, or name one in a registry with --base-image";
        else if (!Environment.IsPrivilegedProcess)
            yield return "this user may not install a system into a folder; run as root (sudo), or copy the image's folder from a machine where that was done";
        foreach (var (program, package) in programs.Where(needed => Find(needed.Program) is null))
            yield return $"{program} is not on the PATH; apt-get install {package}";
    }

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/sbin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
