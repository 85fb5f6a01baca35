using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Core;
using Cake.Core.IO;
using Pipeline.Applications.Sources.Git;
using Pipeline.Artifacts;
using Pipeline.Delivery;
using Path = System.IO.Path;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>Publishes an application from a clean copy of its sources: the same commit gives the same files wherever it is built.</summary>
/// <param name="context">Runs the SDK.</param>
/// <param name="scratch">A folder for copies, normally <c>.pipeline/publish</c>; each publishing has one of its own in it.</param>
/// <param name="time">Tells which copies were left by a build program that was killed.</param>
public sealed class ApplicationPublisher(ICakeContext context, string scratch, TimeProvider time)
{
    /// <exception cref="DeliveryException">The project is missing or has no program, or the SDK refused.</exception>
    public async Task<PublishedApplication> PublishAsync(GitFacts facts, ApplicationProject application, CancellationToken cancellation)
    {
        ScratchFolders.DiscardAbandoned(scratch, time);
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(scratch), Guid.NewGuid().ToString("N"))).FullName;
        var (sources, output) = (Path.Combine(folder, "sources"), Path.Combine(folder, "output"));
        try
        {
            await SourceExport.CopyAsync(facts, sources, cancellation);
            var project = Path.Combine(sources, application.Project);
            if (!File.Exists(project))
                throw new DeliveryException($"project {application.Project} is not among the sources in {facts.Root}; add it to git, or name another project");
            var locked = LockedPackages.Of(sources);
            Publish(project, sources, output, application);
            if (application.Runtime is { } runtime)
                locked.RequireUnchanged(runtime);
            cancellation.ThrowIfCancellationRequested();
            RequireProgram(output, application);
            await StaticAssetTimes.SetAsync(output, facts.CommittedAt, cancellation);
            return new PublishedApplication(Image(facts, application, output, SdkVersion(sources)), AssetsOf(project), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static ImageSpecification Image(GitFacts facts, ApplicationProject application, string output, string sdk)
    {
        var image = PortableImage(facts, application, output, sdk);
        return application.Runtime is not { } runtime ? image : image with
        {
            OperatingSystem = runtime.OperatingSystem,
            Architecture = runtime.Architecture,
            Labels = new Dictionary<string, string>(image.Labels) { ["pipeline.runtime"] = runtime.Name },
        };
    }

    private static ImageSpecification PortableImage(GitFacts facts, ApplicationProject application, string output, string sdk) => new()
    {
        Title = application.Name,
        Version = facts.Version,
        Commit = facts.Commit,
        Created = facts.CommittedAt,
        Source = facts.Source,
        Layers = [new LayerSource(output, "/app")],
        Entrypoint = ["dotnet", $"/app/{application.Name}.dll"],
        Labels = new Dictionary<string, string> { ["pipeline.sdk"] = sdk },
    };

    private static string AssetsOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json");

    private static void RequireProgram(string output, ApplicationProject application)
    {
        foreach (var file in new[] { $"{application.Name}.dll", $"{application.Name}.runtimeconfig.json" })
        {
            if (!File.Exists(Path.Combine(output, file)))
                throw new DeliveryException($"project {application.Project} was published without {file}; it must be a program (OutputType Exe or the Web SDK) whose assembly has the project's name");
        }
    }

    private void Publish(string project, string sources, string output, ApplicationProject application)
    {
        try
        {
            context.DotNetPublish(project, PublishSettings.Create(sources, Path.GetRelativePath(Path.GetDirectoryName(project)!, output) + Path.DirectorySeparatorChar, application.Runtime));
        }
        catch (CakeException refused)
        {
            throw new DeliveryException($"project {application.Project} could not be published: {refused.Message} What the SDK wrote above says why", refused);
        }
    }

    private string SdkVersion(string sources)
    {
        var settings = new ProcessSettings { Arguments = "--version", WorkingDirectory = sources, RedirectStandardOutput = true };
        return context.StartProcess("dotnet", settings, out var lines) == 0
            ? lines.First()
            : throw new DeliveryException("dotnet --version failed in a copy of the sources; install the SDK that their global.json asks for");
    }
}
