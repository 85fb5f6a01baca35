using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Cake.Docker;
using Pipeline.Applications.Sources.DockerfileRules;
using Pipeline.Applications.Sources.Git;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Sbom;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Path = System.IO.Path;

namespace Pipeline.Applications.Sources.Dockerfiles;

/// <summary>
/// Builds an application from its Dockerfile, of a clean copy of its sources, and takes the result into the store: from there on it is an artifact as any other.
/// </summary>
/// <param name="context">Runs docker.</param>
/// <param name="store">Where the artifact goes.</param>
/// <param name="scratch">A folder for copies and archives; each building has one of its own in it.</param>
public sealed class DockerfileBuilder(ICakeContext context, ArtifactStore store, string scratch)
{
    private const string BaseArgument = "BASE";

    /// <summary>Tells which copies were left by a build program that was killed; the system's clock by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="DeliveryException">The Dockerfile has faults, docker or a preparing program refused, or the image is none that can be delivered.</exception>
    public async Task<Artifact> BuildAsync(GitFacts facts, DockerfileApplication application, CancellationToken cancellation)
    {
        ScratchFolders.DiscardAbandoned(scratch, Time);
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(scratch), Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            await SourceExport.CopyAsync(facts, Path.Combine(folder, "sources"), cancellation);
            var sources = Path.Combine(folder, "sources", application.Folder);
            var images = await CheckAsync(application, sources, cancellation);
            foreach (var program in application.Before)
                Prepare(application, program, sources);
            cancellation.ThrowIfCancellationRequested();
            if (application.Base is { } given)
                await LoadAsync(application, given, Path.Combine(folder, "base.tar"), cancellation);
            var below = application.Base is null ? LayersOf(application, images.Last!) : [];
            var image = Build(application, sources, folder);
            var artifact = await store.ImportAsync(
                new()
                {
                    Title = application.Title,
                    Version = facts.Version,
                    Commit = facts.Commit,
                    Created = facts.CommittedAt,
                    Source = facts.Source,
                    Archive = Save(application, image, folder),
                    Base = application.Base,
                    BaseLayers = below,
                    Images = images.ByDigest,
                },
                cancellation);
            await store.AttachAsync(artifact.Digest, await BillOfMaterials.ListAsync(store, artifact.Digest, assetsFile: null, cancellation), cancellation);
            return artifact;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The name that a base has in the engine: it cannot mean another image.</summary>
    private static string NameOf(BaseImage below) => $"pipeline-base:{below.Digest.Abbreviated}";

    private static async Task<DockerfileImages> CheckAsync(DockerfileApplication application, string sources, CancellationToken cancellation)
    {
        var file = Path.Combine(sources, application.File);
        var name = Path.Combine(application.Folder, application.File);
        if (!File.Exists(file))
            throw new DeliveryException($"{name} is not among the sources; add it to git, or name another Dockerfile");
        var text = await File.ReadAllTextAsync(file, cancellation);
        var findings = DockerfileLint.CheckText(name, text);
        if (findings.Count > 0)
            throw new DeliveryException($"{application.Title} cannot be built from {name}:{string.Concat(findings.Select(finding => $"\n  {finding.File}:{finding.Line}: {finding.Message}"))}");
        return new(Dockerfile.Parse(text));
    }

    private void Prepare(DockerfileApplication application, PreparingProgram program, string sources)
    {
        var code = context.StartProcess(program.Name, new ProcessSettings { Arguments = program.Arguments, WorkingDirectory = sources });
        if (code != 0)
            throw new DeliveryException($"{application.Title}: {program.Name} {program.Arguments} ended with exit code {code} in a copy of {application.Folder}; what it wrote above says why");
    }

    private async Task LoadAsync(DockerfileApplication application, BaseImage below, string archive, CancellationToken cancellation)
    {
        if (Guarded(application, () => context.DockerImageLs(On(application, new DockerImageLsSettings { Quiet = true, Filter = [$"reference={NameOf(below)}"] })).Any()))
            return;
        await using (var output = File.Create(archive))
            await DockerArchive.WriteAsync(below, [NameOf(below)], output, cancellation);
        Guarded(application, () => context.DockerLoad(On(application, new DockerImageLoadSettings { Input = archive, Quiet = true })));
    }

    /// <returns>The image's id.</returns>
    private string Build(DockerfileApplication application, string sources, string folder)
    {
        var id = Path.Combine(folder, "id");
        Guarded(application, () => context.DockerBuild(
            On(application, new DockerImageBuildSettings
            {
                File = Path.Combine(sources, application.File),
                Iidfile = id,
                ForceRm = true,
                BuildArg = application.Base is { } below ? [$"{BaseArgument}={NameOf(below)}"] : null,
            }),
            sources));
        return File.ReadAllText(id).Trim();
    }

    private string Save(DockerfileApplication application, string image, string folder)
    {
        var archive = Path.Combine(folder, "image.tar");
        Guarded(application, () => context.DockerSave(On(application, new DockerImageSaveSettings { Output = archive }), image));
        return archive;
    }

    // Builders need not keep what they build upon: BuildKit does not. It is fetched by its own name, and what it is made of is known before.
    private IReadOnlyList<Digest> LayersOf(DockerfileApplication application, string name)
    {
        if (name == "scratch")
            return [];
        try
        {
            return Layers(application, name);
        }
        catch (CakeException)
        {
            Guarded(application, () => context.DockerPull(On(application, new DockerImagePullSettings { Quiet = true }), name));
            return Guarded(application, () => Layers(application, name));
        }
    }

    private IReadOnlyList<Digest> Layers(DockerfileApplication application, string name)
    {
        var lines = context.DockerInspect(On(application, new DockerInspectSettings { Type = "image", Format = "{{range .RootFS.Layers}}{{println .}}{{end}}" }), name);
        return [.. lines.Where(line => line.Length > 0).Select(Digest.Parse)];
    }

    private static TSettings On<TSettings>(DockerfileApplication application, TSettings settings)
        where TSettings : AutoToolSettings
    {
        if (application.DockerHost is { } host)
            settings.EnvironmentVariables["DOCKER_HOST"] = host;
        return settings;
    }

    private static void Guarded(DockerfileApplication application, Action run) => Guarded(application, () =>
    {
        run();
        return true;
    });

    private static T Guarded<T>(DockerfileApplication application, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (CakeException refused)
        {
            throw new DeliveryException($"{application.Title} could not be built from {Path.Combine(application.Folder, application.File)}: {refused.Message}", refused);
        }
    }
}
