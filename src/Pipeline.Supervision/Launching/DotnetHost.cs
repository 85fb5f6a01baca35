using System.Runtime.InteropServices;
using Pipeline.Supervision.Checks;

namespace Pipeline.Supervision.Launching;

/// <summary>The <c>dotnet</c> program that runs the present process's runtime.</summary>
public static class DotnetHost
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    // A static property that is set at once would turn the message of the exception into that of a type initializer.
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>Its absolute path: that of the present runtime, else DOTNET_ROOT's, else the PATH's.</summary>
    /// <exception cref="SupervisionException">None was found.</exception>
    public static string Path => Found.Value;

    private static string Find()
    {
        // shared/Microsoft.NETCore.App/<version>/ lies three folders below the host.
        var runtime = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Name));
        var root = System.IO.Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet", Name);
        return ProgramPath.Find(runtime, null) ?? ProgramPath.Find(root, null) ?? ProgramPath.Find(Name, Environment.GetEnvironmentVariable("PATH"))
            ?? throw new SupervisionException($"program {Name}: not in {runtime}, {root} or on the PATH; install .NET or set DOTNET_ROOT");
    }
}
