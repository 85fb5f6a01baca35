using Pipeline.Artifacts.Systems;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Systems;

/// <summary>A small root folder and a layout for the image that is made of it.</summary>
internal sealed class Root : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public Root()
    {
        Needs.That(OperatingSystem.IsLinux(), "images of systems are built on Linux");
        Put("etc/os-release", "ID=sample\n");
        Put("usr/bin/start", "#!/bin/sh\n");
        Put("usr/bin/helper", "helps");
        File.SetUnixFileMode(Combine("usr/bin/start"), (UnixFileMode)0b100_111_101_101);
        File.CreateSymbolicLink(Combine("bin"), "usr/bin");
        Directory.CreateDirectory(Combine("proc"));
    }

    public string Folder => folder.Combine("root");

    public string StoreRoot => folder.Combine("layout");

    public ArtifactStore Store => new(StoreRoot);

    public string Combine(string path) => Path.Combine(Folder, path);

    public void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Combine(path))!);
        File.WriteAllText(Combine(path), content);
    }

    public SystemImageSpecification Image(string? below = null) => new()
    {
        Title = "sample system",
        Version = "1",
        Created = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Systems = [new(Folder, below)],
        Entrypoint = ["/usr/bin/start"],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin", ["LANG"] = "C.UTF-8" },
        Labels = new Dictionary<string, string> { ["maintainer"] = "somebody" },
        User = "7",
        StopSignal = "SIGINT",
    };

    public async Task<BaseImage> WriteAsync()
    {
        await Store.WriteAsync(Image(), TestContext.Current.CancellationToken);
        return BaseImage.InLayout(StoreRoot);
    }

    public void Dispose() => folder.Dispose();
}
