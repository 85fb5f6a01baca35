namespace Pipeline.EndToEnd.Installations;

/// <summary>The checkout that these tests were compiled in.</summary>
public static class Surroundings
{
    public static string Repository { get; } = Find(AppContext.BaseDirectory);

    public static string Home { get; } = System.Environment.GetEnvironmentVariable("PIPELINE_HOME") is { Length: > 0 } home ? home : Path.Combine(Repository, ".pipeline");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Pipeline.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("run these tests from a checkout of the repository"));
}
