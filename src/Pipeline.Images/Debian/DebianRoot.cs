using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Delivery;
using Pipeline.Images.Recipes;
using Pipeline.Images.Running;

namespace Pipeline.Images.Debian;

/// <summary>The root folder of a Debian system that becomes an image.</summary>
/// <param name="folder">The folder.</param>
/// <param name="work">What the recipe works with.</param>
internal sealed class DebianRoot(string folder, RecipeWork work)
{
    public string Folder => folder;

    /// <summary>Installs the smallest Debian there is, with the updates of today: https://wiki.debian.org/Debootstrap.</summary>
    public async Task InstallAsync(DebianRecipe recipe, IReadOnlyList<AptSource> sources, CancellationToken cancellation)
    {
        var main = sources.First(source => source.Suite == recipe.Suite);
        await ProgramRun.RunAsync(
            $"image {recipe.Name}: installing Debian {recipe.Suite} from {main.Address}", work.LogFile, "",
            ["unshare", "--mount", "--propagation", "private", "sh", "-euc", BootstrapScript, "sh", folder,
                "--variant=minbase", "--arch=amd64", $"--include={string.Join(',', recipe.Packages)}", recipe.Suite, PlainPath, main.Address],
            cancellation);
    }

    /// <summary>Unpacks an image of one of these recipes, so that more can be installed into it.</summary>
    public async Task UnpackAsync(BaseImage below, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var layer in await below.Store.LayerFilesAsync(below.Digest, cancellation))
        {
            await ProgramRun.RunAsync(
                $"unpacking {below.Name} {below.Digest.Abbreviated}", work.LogFile, "",
                ["tar", "--extract", "--numeric-owner", "--same-owner", "--preserve-permissions", "--file", layer, "--directory", folder], cancellation);
        }
        var marks = Directory.EnumerateFiles(folder, ".wh.*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).ToArray();
        if (marks.Length > 0)
            throw new DeliveryException($"image {below.Name} ({below.Digest}) deletes files of its own lower layers, {marks[0]} among them; more can only be installed upon an image that does not");
    }

    /// <summary>Runs a shell script inside, in mounts of its own that end with it.</summary>
    public Task RunAsync(string what, string script, CancellationToken cancellation) => ProgramRun.RunAsync(
        what, work.LogFile, script,
        ["unshare", "--mount", "--propagation", "private", "sh", "-euc", EnterScript, "sh", folder], cancellation);

    /// <summary>Installs packages inside.</summary>
    /// <param name="what">For whom, for messages.</param>
    /// <param name="sources">Where from.</param>
    /// <param name="before">A script to run before that.</param>
    /// <param name="packages">Their names; none for the updates only.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task InstallPackagesAsync(string what, IEnumerable<AptSource> sources, string before, IReadOnlyList<string> packages, CancellationToken cancellation) => RunAsync(
        what,
        $"""
        {DenyServices}
        cat > /etc/apt/sources.list <<'END'
        {string.Join('\n', sources.Select(source => source.Line))}
        END
        {before}
        apt-get update -q
        apt-get dist-upgrade -q --yes
        {(packages.Count == 0 ? "" : $"apt-get install -q --yes --no-install-recommends {string.Join(' ', packages)}")}
        rm -f /etc/apt/sources.list
        """,
        cancellation);

    /// <summary>The time of the newest package in it: two machines that install the same packages agree on it.</summary>
    public DateTimeOffset NewestPackage() => Directory.EnumerateDirectories(Path.Combine(folder, "usr/share/doc"))
        .Select(documentation => new FileInfo(Path.Combine(documentation, "copyright")))
        .Where(copyright => copyright is { Exists: true, LinkTarget: null })
        .Max(copyright => DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(copyright.LastWriteTimeUtc, TimeSpan.Zero).ToUnixTimeSeconds()));

    public string Version() => File.ReadAllText(Path.Combine(folder, "etc/debian_version")).Trim();

    // debootstrap does not work in a path with a space in it, so it sees the folder under another one, which the FHS promises and which ends with the mounts.
    private const string PlainPath = "/mnt";

    private const string BootstrapScript = $"""
        mkdir -p "$1"
        mount --bind "$1" {PlainPath}
        shift
        exec debootstrap "$@"
        """;

    // Names can be looked up inside, and nothing that a package starts is started. The time that users get is fixed: it would be the day's.
    private static readonly string EnterScript = $$"""
        cp /etc/resolv.conf "$1/etc/resolv.conf"
        mkdir -p "$1/proc" "$1/dev"
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
          SOURCE_DATE_EPOCH={{new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}} \
          http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" chroot "$1" /bin/sh -eu
        """;

    private const string DenyServices = """
        printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
        """;
}
