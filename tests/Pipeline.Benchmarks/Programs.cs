namespace Pipeline.Benchmarks;

/// <summary>The programs that lie beside this one.</summary>
internal static class Programs
{
    public static string Path(string folder, string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "programs", folder, file);
}
