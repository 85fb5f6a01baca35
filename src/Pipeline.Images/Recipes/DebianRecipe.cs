using Pipeline.Artifacts.Systems;
using Pipeline.Images.Debian;
using Pipeline.Images.Running;

namespace Pipeline.Images.Recipes;

/// <summary>The smallest Debian there is with a few packages, installed by debootstrap from where this machine gets its own packages.</summary>
public sealed record DebianRecipe : IImageRecipe
{
    private const string AptFolder = "/etc/apt";

    // The user without rights that an application runs as, as in Microsoft's images.
    private const string Users = """
        groupadd --gid 1654 app
        useradd --uid 1654 --gid 1654 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app
        """;

    /// <inheritdoc />
    public string Name { get; init; } = "debian";

    /// <summary>The release of Debian; default <c>bookworm</c>.</summary>
    public string Suite { get; init; } = "bookworm";

    /// <summary>The packages beside the required ones; default: what programs need to speak TLS and to know time zones.</summary>
    public IReadOnlyList<string> Packages { get; init; } = ["ca-certificates", "libgssapi-krb5-2", "libstdc++6", "tzdata"];

    /// <inheritdoc />
    public IImageRecipe? Below => null;

    /// <inheritdoc />
    public IReadOnlyList<string> Inputs => [Suite, string.Join(' ', Packages), Users, RootCleaning.Script];

    private IReadOnlyList<AptSource> Sources => AptSources.Read(AptFolder, Suite);

    /// <inheritdoc />
    public IReadOnlyList<string> Faults()
    {
        var faults = Prerequisites.Faults(("debootstrap", "debootstrap"), ("unshare", "util-linux"), ("chroot", "coreutils"), ("tar", "tar")).ToList();
        if (!Sources.Any(source => source.Suite == Suite))
            faults.Add($"{AptFolder} names no source for Debian {Suite}; add the site's mirror there, as in 'deb ADDRESS {Suite} main'");
        return faults;
    }

    /// <inheritdoc />
    public async Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var root = new DebianRoot(Path.Combine(work.Folder, "root"), work);
        await root.InstallAsync(this, Sources, cancellation);
        await root.InstallPackagesAsync($"image {Name}: its updates", Sources, Users, [], cancellation);
        var created = root.NewestPackage();
        await root.RunAsync($"image {Name}: cleaning", RootCleaning.Script, cancellation);
        return new()
        {
            Title = $"Debian {Suite}",
            Version = $"{Suite}-{root.Version()}",
            Created = created,
            Systems = [new(root.Folder)],
            Command = ["/bin/sh"],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
        };
    }
}
