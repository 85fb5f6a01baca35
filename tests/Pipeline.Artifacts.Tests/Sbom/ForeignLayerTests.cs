using System.Formats.Tar;
using System.Text.Json;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Sbom;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Tests.Sbom;

/// <summary>Layers that other tools built: compressed, with links and devices, and with marks that take away what lies below.</summary>
public sealed class ForeignLayerTests
{
    private const string Status = """
        Package: tools
        Status: install ok installed
        Architecture: amd64
        Version: 1.0

        """;

    private static TarEntry[] System =>
    [
        HostileImage.File("./usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\n"),
        HostileImage.Link(TarEntryType.SymbolicLink, "./etc/os-release", "../usr/lib/os-release"),
        HostileImage.Link(TarEntryType.SymbolicLink, "./usr/share/doc/tools", "tools-common"),
        HostileImage.File("./usr/share/doc/tools-common/copyright", "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nLicense: Expat\n"),
        HostileImage.File("./var/lib/dpkg/status", Status),
        HostileImage.File("./opt/node/node_modules/.package-lock.json", """{ "packages": { "node_modules/pg": { "version": "8.11.0" } } }"""),
    ];

    [Fact]
    public async Task A_package_that_shares_the_documents_of_another_has_their_licences() =>
        Assert.Equal("pkg:deb/debian/tools@1.0?arch=amd64&distro=debian-12 Expat", Assert.Single(await ListAsync("tools", compressed: false, HostileImage.Tar(System))));

    [Fact]
    public async Task Compressed_layers_are_read_as_well() =>
        Assert.Single(await ListAsync("tools", compressed: true, HostileImage.Tar(System)));

    [Fact]
    public async Task What_an_upper_layer_took_away_is_not_listed()
    {
        var upper = HostileImage.Tar(HostileImage.File("opt/node/.wh.node_modules"), HostileImage.File("var/lib/dpkg/.wh..wh..opq"));
        Assert.Empty(await ListAsync("tools", compressed: false, HostileImage.Tar(System), upper));
        Assert.Empty(await ListAsync("pg", compressed: false, HostileImage.Tar(System), upper));
    }

    [Fact]
    public async Task What_an_upper_layer_replaced_is_listed_as_it_is_there()
    {
        var upper = HostileImage.Tar(HostileImage.File("var/lib/dpkg/status", Status.Replace("1.0", "2.0", StringComparison.Ordinal)));
        Assert.StartsWith("pkg:deb/debian/tools@2.0?", Assert.Single(await ListAsync("tools", compressed: false, HostileImage.Tar(System), upper)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_is_no_archive_is_refused_by_name()
    {
        using var sample = new Sample();
        var layer = new byte[2000];
        Random.Shared.NextBytes(layer);
        var digest = await HostileImage.WriteAsync(sample, layer);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => BillOfMaterials.ListAsync(sample.Store, digest, assetsFile: null, TestContext.Current.CancellationToken));
        Assert.StartsWith($"artifact {digest}: its layer 1, blob {HostileImage.Hash(layer)}, is no tar archive: ", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(string name, bool compressed, params byte[][] layers)
    {
        using var sample = new Sample();
        Digest[] diffs = [.. layers.Select(HostileImage.Hash)];
        var digest = compressed
            ? await HostileImage.WriteAsync(sample, MediaTypes.LayerGzip, [.. layers.Select(HostileImage.Gzip)], diffs)
            : await HostileImage.WriteAsync(sample, layers);
        var content = await BillOfMaterials.ListAsync(sample.Store, digest, assetsFile: null, TestContext.Current.CancellationToken);
        using var bom = JsonDocument.Parse(content.Bytes);
        return [.. bom.RootElement.GetProperty("components").EnumerateArray().Where(component => component.GetProperty("name").GetString() == name)
            .Select(component => $"{component.GetProperty("purl").GetString()} {(component.TryGetProperty("licenses", out var licences) ? licences[0].GetProperty("license").GetProperty("name").GetString() : "")}")];
    }
}
