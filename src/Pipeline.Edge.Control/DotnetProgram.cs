namespace Pipeline.Edge.Control;

/// <summary>Finds the <c>dotnet</c> that runs a framework-dependent program.</summary>
internal static class DotnetProgram
{
    /// <summary>The one that runs this process if it is one, else the one of DOTNET_ROOT, else the first on the PATH.</summary>
    public static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.ProcessPath is { } own && Path.GetFileName(own) == name)
            return own;
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        return root is not null && File.Exists(Path.Combine(root, name)) ? Path.Combine(root, name) : "dotnet";
    }
}
