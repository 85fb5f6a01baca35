using System.Text.Json;
using Pipeline.Artifacts.Sbom;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Sbom;

/// <summary>An artifact with packages of every kind in it, and the list that the SDK would have restored for it.</summary>
internal sealed class Parts : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly Sample sample = new();
    private Artifact? artifact;

    private Parts()
    {
    }

    public Artifact Artifact => artifact!;

    public static async Task<Parts> CreateAsync()
    {
        var parts = new Parts();
        parts.RestorePackages();
        parts.PutSystem();
        parts.sample.Put("Sample.runtimeconfig.json", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""");
        parts.sample.Put("node_modules/.package-lock.json", """
            { "packages": {
              "node_modules/pg": { "version": "8.11.0", "license": "MIT", "dependencies": { "@scope/tool": "^1.0.0" } },
              "node_modules/@scope/tool": { "version": "1.0.0" } } }
            """);
        parts.artifact = await parts.sample.Store.WriteAsync(
            parts.sample.Image() with { Layers = [new LayerSource(parts.folder.Combine("system"), "/"), new LayerSource(parts.sample.Application, "/app")] },
            TestContext.Current.CancellationToken);
        return parts;
    }

    public async Task<ReadOnlyMemory<byte>> ContentAsync() =>
        (await BillOfMaterials.ListAsync(sample.Store, Artifact.Digest, folder.Combine("project.assets.json"), TestContext.Current.CancellationToken)).Bytes;

    public async Task<JsonDocument> ListAsync() => JsonDocument.Parse(await ContentAsync());

    public void Dispose()
    {
        sample.Dispose();
        folder.Dispose();
    }

    private void RestorePackages()
    {
        var hash = Convert.ToBase64String([.. new byte[63], 1]);
        Write("packages/example.data/2.1.0/example.data.nuspec", """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><license type="expression">MIT OR Apache-2.0</license></metadata></package>
            """);
        Write("packages/example.core/1.0.0-rc.1/example.core.nuspec", """<package><metadata><license type="file">LICENSE.txt</license></metadata></package>""");
        Write("project.assets.json", $$"""
            {
              "targets": { "net10.0": {
                "Example.Analyzers/3.0.0": { "type": "package", "build": { "build/Example.targets": {} } },
                "Example.Core/1.0.0-rc.1": { "type": "package", "runtime": { "lib/net10.0/Example.Core.dll": {} } },
                "Example.Data/2.1.0": { "type": "package", "dependencies": { "Example.Core": "1.0.0-rc.1", "Pruned": "1.0.0" }, "runtime": { "lib/net10.0/Example.Data.dll": {} } },
                "Example.Library/0.1.0": { "type": "project", "runtime": { "bin/placeholder/Example.Library.dll": {} } }
              } },
              "libraries": {
                "Example.Analyzers/3.0.0": { "sha512": "{{hash}}", "type": "package", "path": "example.analyzers/3.0.0" },
                "Example.Core/1.0.0-rc.1": { "sha512": "{{hash}}", "type": "package", "path": "example.core/1.0.0-rc.1" },
                "Example.Data/2.1.0": { "sha512": "{{hash}}", "type": "package", "path": "example.data/2.1.0" },
                "Example.Library/0.1.0": { "type": "project", "path": "../Example.Library/Example.Library.csproj" }
              },
              "projectFileDependencyGroups": { "net10.0": [ "Example.Data >= 2.1.0", "Example.Library >= 0.1.0" ] },
              "packageFolders": { "{{folder.Combine("packages")}}/": {} }
            }
            """);
    }

    private void PutSystem()
    {
        Write("system/usr/lib/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_ID=\"12\"\n");
        Write("system/usr/share/doc/libc6/copyright", """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

            Files: *
            License: LGPL-2.1+

            Files: manual/*
            License: GPL-2
            """);
        Write("system/var/lib/dpkg/status", """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Version: 2.36-9+deb12u9
            Depends: libgcc-s1, absent (>= 1.0) | also-absent
            Description: GNU C Library
             Contains the standard libraries: and a colon.

            Package: libgcc-s1
            Status: install ok installed
            Architecture: amd64
            Version: 12.2.0-14

            Package: removed
            Status: deinstall ok config-files
            Architecture: amd64
            Version: 1.0
            """);
    }

    private void Write(string path, string content)
    {
        var full = folder.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
