using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs the tools that <see cref="CakeHostExtensions.InstallTool"/> asks for, before the first task runs.</summary>
public interface IToolInstaller
{
    /// <summary>Installs a tool with the first package installer that knows its scheme, and makes it known to the tool locator.</summary>
    /// <param name="tool">The tool, for example <c>dotnet:?package=MinVer.Cli&amp;version=6.0.0</c>.</param>
    void Install(PackageReference tool);
}
