namespace Pipeline.Postgres.Embedded;

/// <summary>Finds programs of the system.</summary>
internal static class Programs
{
    /// <summary>The program's path, looked for on the PATH and in the folders of the administrator, which not every PATH has.</summary>
    public static string? Find(string name) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"])
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
