namespace Pipeline.Applications.Sources.Publishing;

/// <summary>The application that becomes an artifact.</summary>
/// <param name="Project">Its project file, relative to the top of the clone: <c>src/Shop/Shop.csproj</c>.</param>
public sealed record ApplicationProject(string Project)
{
    /// <summary>The name of its assembly, which is that of its project.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Project);

    /// <summary>What it is built for; null for any: .NET code that knows neither system nor processor.</summary>
    public RuntimeIdentifier? Runtime { get; init; }
}
