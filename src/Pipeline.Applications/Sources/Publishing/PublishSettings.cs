using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Publish;
using Cake.Core;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>Says to the SDK all that keeps the time, the place and the state of a machine out of what it publishes.</summary>
internal static class PublishSettings
{
    /// <param name="sources">The copy of the sources.</param>
    /// <param name="output">Where the files go, relative to the project: the SDK does not take an absolute path with a comma in it.</param>
    /// <param name="runtime">What it is for; null for any.</param>
    public static DotNetPublishSettings Create(string sources, string output, RuntimeIdentifier? runtime) => new()
    {
        // The SDK is chosen by the global.json of the copy.
        WorkingDirectory = DirectoryPath.FromString(sources),
        Configuration = "Release",
        SelfContained = false,
        Runtime = runtime?.Name,
        NoLogo = true,
        Verbosity = DotNetVerbosity.Quiet,
        MSBuildSettings = Properties(sources, runtime).WithProperty("PublishDir", output),
        // Servers of the compiler would outlive the build program with its environment, secrets included.
        ArgumentCustomization = arguments => arguments.Append("-nodeReuse:false"),
    };

    private static DotNetMSBuildSettings Properties(string sources, RuntimeIdentifier? runtime) => new DotNetMSBuildSettings()
        .WithProperty("UseSharedCompilation", "false")
        .WithProperty("ContinuousIntegrationBuild", "true")
        .WithProperty("Deterministic", "true")
        // The copy is no clone: paths are mapped here, not by what the SDK finds out from git.
        .WithProperty("DeterministicSourcePaths", "false")
        .WithProperty("PathMap", PathMap(sources))
        .WithProperty("EnableSourceLink", "false")
        .WithProperty("EnableSourceControlManagerQueries", "false")
        .WithProperty("IncludeSourceRevisionInInformationalVersion", "false")
        .WithProperty("DebugType", "none")
        // They write nothing into what is compiled, and have had their say in target Compile, without which nothing is signed.
        .WithProperty("RunAnalyzers", "false")
        .WithProperty("UseAppHost", "false")
        .WithProperty("PublishDocumentationFile", "false")
        .WithProperty("PublishReferencesDocumentationFiles", "false")
        .WithProperty("IsTransformWebConfigDisabled", "true")
        // Deflate may give other bytes on another processor.
        .WithProperty("CompressionEnabled", "false")
        .WithProperty("RestoreLockedMode", runtime is null ? "true" : "false")
        // Known vulnerabilities are a matter of target Audit: asking for them needs the network and gives another answer tomorrow.
        .WithProperty("NuGetAudit", "false");

    private static string PathMap(string sources)
    {
        var escaped = sources.TrimEnd('/', '\\').Replace("=", "==", StringComparison.Ordinal).Replace(",", ",,", StringComparison.Ordinal);
        return $"{escaped}{Path.DirectorySeparatorChar}=/_/";
    }
}
